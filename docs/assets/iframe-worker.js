/* Browsers start no Worker for a page that was opened from the disk; a frame of the same page does its work instead. */
if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.onmessage = null;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.ready = new Promise((loaded) => this.frame.addEventListener("load", loaded, { once: true }));
      document.body.append(this.frame);
      const inner = this.frame.contentWindow;
      window.addEventListener("message", (event) => {
        if (event.source !== inner) return;
        const told = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(told);
        this.onmessage?.(told);
      });
      const page = this.frame.contentDocument;
      page.open();
      page.write(
        "<script>" +
          "var postMessage=function(data){parent.postMessage(data,'*')};" +
          "var importScripts=function(){return Promise.all([].map.call(arguments,function(from){" +
          "return new Promise(function(done,failed){var script=document.createElement('script');" +
          "script.async=false;script.src=from;script.onload=done;script.onerror=failed;document.body.append(script)})}))};" +
          "<\/script><body><script src='" + encodeURI(String(url)) + "'><\/script></body>",
      );
      page.close();
    }
    postMessage(data) {
      this.ready.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })));
    }
    terminate() {
      this.frame.remove();
    }
  };
}
