// Long enough that whoever asked for silence begins to wonder.
const QUIET_MS = 10_000;
const TICK_MS = 1000;

/**
 * Reports steps on stderr, one line each: with running seconds on a terminal, as plain lines elsewhere.
 * Quiet prints a step only once it has taken ten seconds. Failures are the caller's to print.
 */
export function createProgress({ quiet = false, out = process.stderr, now = Date.now } = {}) {
  return {
    /** Runs `work`, reporting it under `title`; `work` is given a function that sets a note behind the title. */
    async step(title, work) {
      const line = createLine({ title, quiet, out, now });
      try {
        const answer = await work(line.note);
        line.end('');
        return answer;
      } catch (error) {
        line.end(' failed');
        throw error;
      }
    },
    say(text) {
      if (!quiet) out.write(`${text}\n`);
    },
  };
}

function createLine({ title, quiet, out, now }) {
  const started = now();
  const live = out.isTTY === true;
  let note = '';
  let shown = false;
  const seconds = () => `${Math.round((now() - started) / 1000)} s`;
  const draw = () => {
    if (live)
      out.write(`\r\x1b[K${`${title} … ${seconds()}${note && ` · ${note}`}`.slice(0, (out.columns ?? 80) - 1)}`);
    else if (!shown) out.write(`${title} …\n`);
    shown = true;
  };
  if (!quiet) draw();
  const timer = setInterval(() => {
    if (now() - started >= (quiet ? QUIET_MS : 0)) draw();
  }, TICK_MS);
  timer.unref();
  return {
    note: (text) => (note = text),
    end(word) {
      clearInterval(timer);
      if (!shown) return;
      out.write(`${live ? '\r\x1b[K' : ''}${title}:${word} ${seconds()}\n`);
    },
  };
}
