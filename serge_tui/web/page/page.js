"use strict";
// The page around the terminal. The terminal itself (textual-serve's script) opens the line to the app and draws; here
// are the focus, the name by which this tab finds its app again, and what is said when the line ends.

const RETRY = 1000; // milliseconds between two looks whether the server is there again
const VISIT = "serge-visit";

const terminal = document.getElementById("terminal");
const again = document.getElementById("again");
let farewell = null; // what the server said before it ended the line

function focusTerminal() {
  terminal.querySelector(".xterm-helper-textarea")?.focus();
}

function say(sentence, button = "") {
  document.getElementById("sentence").textContent = sentence;
  again.textContent = button;
  document.getElementById("message").hidden = false;
  again.focus();
}

// A tab keeps its name while it is open, over a reload too.
function visitName() {
  const name = sessionStorage.getItem(VISIT) ?? crypto.randomUUID();
  sessionStorage.setItem(VISIT, name);
  return name;
}

async function waitForServer() {
  try {
    const answer = await fetch("alive");
    if (answer.ok) location.reload();
    else say("Serge was started anew. Open the address that it printed.");
  } catch {
    setTimeout(waitForServer, RETRY);
  }
}

class Line extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("open", focusTerminal); // not before: the terminal sends that it has the focus
    this.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") return;
      const [kind, told] = JSON.parse(data);
      if (kind === "ended") farewell = told;
    });
    this.addEventListener("close", () => {
      if (farewell !== null) {
        say(farewell.sentence, farewell.button);
      } else {
        say("The line to Serge is lost. It comes back here when it can.");
        waitForServer();
      }
    });
  }
}
window.WebSocket = Line;

again.addEventListener("click", () => location.reload());
window.addEventListener("focus", () => {
  if (document.getElementById("message").hidden) focusTerminal();
});

async function start() {
  terminal.dataset.sessionWebsocketUrl = new URL(`visit/${visitName()}`, location.href).href.replace(/^http/, "ws");
  // The terminal measures its letters once, as it begins: they must be there.
  await Promise.allSettled(["16px", "italic 16px"].map((style) => document.fonts.load(`${style} "Roboto Mono"`)));
  const script = document.createElement("script");
  script.src = "file/terminal.js";
  script.onload = () => {
    // It begins when the page is loaded, which it may be already.
    if (document.readyState === "complete") window.onload();
  };
  document.head.append(script);
}
start();
