import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCommand } from '../support/drydock.ts';
import { shell } from './docker-cli.ts';
import { openGround, type Ground } from './ground.ts';
import { inMs, timed, type Bench } from './row.ts';

const SLOTS = 4;
const COMMAND = 'echo changed > changed.txt';

/** The limits and the isolation that Drydock gives its own containers. */
const AS_DRYDOCK = '--network none --cap-drop ALL --security-opt no-new-privileges --init --pids-limit 512 --cpus 2 --memory 4g --memory-swap 4g --ulimit core=0';

/** One run's work container: made, the workspace put in, run to its end with its output read, removed. */
const WORK = `
run_work() {
  docker create --name "$1" ${AS_DRYDOCK} --user 1000:1000 -w /workspace "$IMAGE" bash -c '${COMMAND}' > /dev/null
  docker cp -q "$WORKSPACE/." "$1:/workspace" 2> /dev/null || docker cp "$WORKSPACE/." "$1:/workspace"
  docker start -a "$1"
}`;

/** Collecting as Drydock does it: the size asked, a commit, and two containers of it with 8 MB of tools put in and a result taken out. */
const COLLECT = `
run_collect() {
  docker inspect -s "$1" > /dev/null
  docker commit "$1" "$1:bench" > /dev/null
  for step in list write; do
    docker create --name "$1-$step" ${AS_DRYDOCK} --cap-add DAC_READ_SEARCH --user 0:0 --tmpfs /etc -w / "$1:bench" /bin/cat /tools/bytes > /dev/null
    docker cp "$TOOLS" "$1-$step:/tools"
    docker start -a "$1-$step" > /dev/null
    docker cp "$1-$step:/tools/small" - > /dev/null
    docker rm -f "$1-$step" > /dev/null
  done
  docker rmi -f "$1:bench" > /dev/null
}`;

const loop = (collecting: boolean): string => `
${WORK}
${COLLECT}
one() { run_work "$1"; ${collecting ? 'run_collect "$1";' : ''} docker rm -f "$1" > /dev/null; }
export -f one run_work run_collect
seq "$RUNS" | xargs -P ${SLOTS} -I{} bash -euo pipefail -c 'one drydock-bench-$$-{}'
`;

const throughDrydock = async (ground: Ground, runs: number): Promise<number> =>
  timed(async () => {
    const launched = await Promise.all(Array.from({ length: runs }, () => ground.launch(COMMAND)));
    await Promise.all(launched.map((run) => ground.end(run.id)));
  });

/** Twenty runs through four slots, without checks, beside a shell loop that makes the same containers four at a time. */
export const slots: Bench = async ({ quick }) => {
  const runs = quick ? 8 : 20;
  const ground = await openGround();
  const folder = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  try {
    await ground.test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: SLOTS } });
    await shell('mkdir "$0/tools"; head -c 8000000 /dev/urandom > "$0/tools/bytes"; echo result > "$0/tools/small"'.replaceAll('$0', folder));
    const env = { RUNS: String(runs), IMAGE: ground.test.drydock.core.deps.baseImage, WORKSPACE: ground.project.path, TOOLS: join(folder, 'tools') };
    const work = await timed(() => shell(loop(false), env));
    const first = await throughDrydock(ground, runs);
    const whole = await timed(() => shell(loop(true), env));
    const second = quick ? first : await throughDrydock(ground, runs);
    const drydock = (first + second) / 2;
    return [
      {
        what: `${runs} runs, ${SLOTS} slots, all their containers`,
        drydock: inMs(drydock),
        raw: `shell loop ${inMs(whole)}`,
        value: drydock / whole,
        unit: 'ratio',
        target: { at: 'most', value: 1.5 },
        note: 'the same containers: a run’s work container with the workspace put in, the commit of it, and the two collector containers with 8 MB of tools',
      },
      {
        what: `${runs} runs, ${SLOTS} slots, work containers only`,
        drydock: inMs(drydock),
        raw: `shell loop ${inMs(work)}`,
        value: drydock / work,
        unit: 'ratio',
        target: { at: 'most', value: 1.5 },
        note: 'the loop makes only the work container of each run: what collecting costs is all on Drydock’s side',
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
    await ground.test.dispose();
  }
};
