import type { Proof } from './defences.ts';

/** What was tried, what became of it, and by which tests. */
export interface AttackCase {
  readonly tried: string;
  readonly outcome: string;
  readonly proofs: readonly Proof[];
  /** Names of `defences`: without any one of them a proof of this fails. */
  readonly without?: readonly string[];
}

export interface Area {
  readonly title: string;
  readonly cases: readonly AttackCase[];
}

const at = (file: string) => (test: string): Proof => ({ file: `test/${file}.test.ts`, test });
const egress = at('attacks/egress');
const credentials = at('attacks/credentials');
const escape = at('attacks/escape');
const exhaustion = at('attacks/exhaustion');
const handOver = at('attacks/hand-over');
const repository = at('attacks/repository');
const neighbours = at('attacks/neighbours');
const landing = at('attacks/landing');
const evidence = at('attacks/evidence');
const app = at('attacks/app');
const services = at('attacks/services');
const changedLock = at('e2e/changed-lock-file');
const relay = at('adapters/gateway/relay-container');
const names = at('adapters/gateway/proxy-names');
const requests = at('adapters/gateway/proxy-requests');
const limits = at('adapters/gateway/proxy-limits');
const image = at('adapters/docker/hostile-image');
const imported = at('adapters/git/import-tree');
const site = at('adapters/git/landing-site');
const http = at('wire/http');
const shell = at('shell/shell');

const NOTHING_OUT = egress('gets nothing out: no TCP, UDP');
const SPELLING = egress('nothing else by any spelling');
const NEIGHBOUR = egress('reaches no container of another run');
const NOWHERE = credentials('is nowhere afterwards');
const DOZEN = credentials('written to a dozen places');
const ADDED = credentials('is never seen inside');
const REFUSED = escape('is refused every mount');
const TRAPS = handOver('is collected or named, and nothing of it runs');
const CONFIGURED = repository('is looked at and taken as a base without running one');

export const areas: readonly Area[] = [
  {
    title: 'Egress without the proxy, internet off and allow-list',
    cases: [
      { tried: 'TCP and UDP to a public address and to every address of this machine, on its network cards and bridges', outcome: 'no route; nothing arrives', proofs: [NOTHING_OUT], without: ['work without internet has no network', 'the relay has no network'] },
      { tried: 'ICMP, raw IP, packet sockets, broadcast, multicast', outcome: 'not permitted, or no route', proofs: [NOTHING_OUT, REFUSED] },
      { tried: 'names by libc; by UDP and TCP 53 at loopback, public resolvers and this machine', outcome: 'no answer; nothing is looked up', proofs: [NOTHING_OUT], without: ['work without internet has no network', 'the relay has no network'] },
      { tried: 'routes and interfaces', outcome: 'none; loopback alone', proofs: [NOTHING_OUT] },
      { tried: 'all of that from a check, also of a run with full internet', outcome: 'the same', proofs: [egress('has checks that get nothing out either')], without: ['checks have no network'] },
      { tried: 'a container of another run, from allow-list and from full, by name, address, loopback and proxy', outcome: 'not reached', proofs: [NEIGHBOUR], without: ['each run with full internet has a bridge of its own'] },
      { tried: 'an engine that lays a network out wrongly', outcome: 'the self-test from inside names it; the run does not start', proofs: [relay('names a surprise of the self-test')], without: ['the self-test from inside'] },
    ],
  },
  {
    title: 'Egress by names at the proxy',
    cases: [
      { tried: 'addresses in every spelling: decimal, hex, octal, short, IPv6, mapped, zone', outcome: '403, no lookup', proofs: [SPELLING], without: ['names only, no addresses'] },
      { tried: 'user before the name, NUL, CR LF, `%00`, `%2e`, two dots, a dot before, a path or fragment behind', outcome: '403, no lookup', proofs: [SPELLING, names('a name in bytes beyond ASCII')] },
      { tried: '`evilallowed.test`, `allowed.test.evil.test`, a name below, punycode, Cyrillic, full width, soft hyphen, another port', outcome: '403, no lookup', proofs: [SPELLING], without: ['names are compared whole'] },
      { tried: 'a lookup of a denied name by the proxy itself, with data in it', outcome: 'denied names are never looked up', proofs: [SPELLING], without: ['denied names are not looked up'] },
      { tried: 'a dot at the end, another case', outcome: 'the allowed name itself', proofs: [SPELLING] },
      { tried: "an allowed name that leads to loopback, private, link-local, mapped, zero, multicast or this machine's own addresses", outcome: '`privateAddress`, not dialled', proofs: [SPELLING], without: ['addresses of this machine and its networks are refused'] },
      { tried: 'an allowed name that changes its answer', outcome: 'each answer is checked, and only what was checked is dialled', proofs: [SPELLING, names('is the one that was checked, also when the name answers something else the next time')], without: ['the address that was checked is the one that is dialled'] },
    ],
  },
  {
    title: 'Egress inside of connections',
    cases: [
      { tried: 'SNI other than CONNECT, none, in two pieces, byte by byte, in small records', outcome: 'ended; nothing reaches the host', proofs: [SPELLING], without: ['the name in TLS is the name of the tunnel'] },
      { tried: 'no TLS at all in a tunnel: HTTP, SSH', outcome: 'ended; nothing reaches the host', proofs: [SPELLING], without: ['only TLS in a tunnel'] },
      { tried: 'Host other than SNI or none, a whole address of another host', outcome: '403', proofs: [SPELLING], without: ['the Host header is the host'] },
      { tried: 'two hosts, two framings, a request hidden behind another', outcome: '`badRequest`', proofs: [SPELLING], without: ['one request is read in one way'] },
      { tried: 'POST where only GET is allowed, overrides by header (also with underscores) or query, TRACE, a tunnel in the tunnel', outcome: '`methodNotAllowed`', proofs: [SPELLING], without: ['methods', 'headers that say another method', 'parameters that say another method'] },
      { tried: 'WebSocket, h2c', outcome: '`upgradeRefused`', proofs: [SPELLING], without: ['no other protocol'] },
      { tried: 'DNS over HTTPS at a path that is not allowed', outcome: '`pathNotAllowed`', proofs: [SPELLING], without: ['paths'] },
      { tried: 'an allowed host that redirects to a denied name or an address', outcome: "not followed by the proxy; the client's next request is refused", proofs: [egress('is not led to a denied host by an allowed one'), requests('with a redirect is handed back and not followed')], without: ['redirects are not followed for a run'] },
      { tried: 'a canary in queries, in bodies, in many small requests, beyond the byte budget', outcome: '`sentBudget`; less than the budget arrives', proofs: [egress('sends no more in queries than its budget'), limits('in a query string do not arrive beyond the budget'), limits('in small requests add up over connections')], without: ['the budget of sent bytes'] },
      { tried: 'a hundred slow readers, clients that dribble, lookups that never end', outcome: 'each is bounded; a fast one is not held up', proofs: [limits('a hundred slow readers stop neither'), limits('without a request ends a connection'), limits('of a lookup or a connection that never ends is bounded')] },
      { tried: 'the environment is edited to full internet meanwhile', outcome: 'the run keeps the policy of its launch', proofs: [egress('has the policy that it began with')], without: ['the policy of a run is that of its launch'] },
      { tried: 'the service lets go, or is killed, in the middle of a run', outcome: 'the relay forwards nothing; the next service decides as the first', proofs: [egress('has nothing carried, and the next service decides as the first'), at('faults/network-kills')('nothing passed that may not'), relay('goes on with the next service when one is killed')] },
    ],
  },
  {
    title: 'Credentials',
    cases: [
      { tried: 'variables, argument lists and `/proc` of every process of the work container, every readable file', outcome: 'no secret', proofs: [NOWHERE], without: ['secrets are given to one process of setup'] },
      { tried: "the image's configuration, its inspection and its history", outcome: 'no secret', proofs: [NOWHERE], without: ["the image's configuration is searched"] },
      { tried: 'a process of setup in a session of its own that ignores signals and sends what it knows', outcome: 'not heard of any more when the work begins', proofs: [credentials('is not heard of any more when the work begins'), NOWHERE], without: ['no process of setup outlives the seal'] },
      { tried: 'a process that writes the secret every 50 ms until it is killed', outcome: 'the seal fails, naming the file', proofs: [credentials('that a process writes anew until it is killed')] },
      {
        tried: 'the secret in twelve places and forms: plain, base64 at an offset and as `user:secret`, URL alphabet, hex, percent, XML, one line of a key, behind 3 MB of zeros, mode 000, an old date, in hidden folders',
        outcome: 'all are found; no snapshot',
        proofs: [DOZEN],
        without: ['what setup left is searched', 'encoded forms are looked for', 'lines of a secret are looked for', 'what is newer than setup is searched, whatever its date says', 'files that nobody may read are searched'],
      },
      { tried: "eight hiding places of tools, and git's configuration", outcome: 'deleted', proofs: [DOZEN], without: ['hiding places of tools are cleared'] },
      { tried: 'an extended attribute of a file', outcome: 'not in the image', proofs: [credentials('in an attribute of a file is not carried')] },
      { tried: 'printed plain, as base64 of `user:secret`, hex, in two writes with a pause, split by colours and a title, a key of several lines, indented', outcome: 'stars in the log, the database and every answer', proofs: [NOWHERE], without: ['output of setup is covered'] },
      { tried: 'a common word, with a number, short, empty, a row of digits as a secret', outcome: 'refused when it is set', proofs: [credentials('is refused')], without: ['weak secrets are refused'] },
      { tried: 'a header that the proxy adds, looked for in the container', outcome: 'never there', proofs: [ADDED] },
      { tried: 'that header echoed by its host, in a header, in the body, compressed', outcome: 'stars', proofs: [ADDED, requests('is not risked in a coding that cannot be searched')], without: ['an echo of an added header is covered', 'output of a run is covered too'] },
      { tried: "the client's own header of that name, in every spelling", outcome: 'replaced, at that host alone', proofs: [ADDED, requests('replaces what the client sent, in every spelling')], without: ["the client's own header of that name is replaced"] },
      { tried: 'another host, another Host header, a redirect to another host', outcome: 'the header is not sent', proofs: [ADDED], without: ['an added header goes to its host alone'] },
      { tried: 'plain HTTP', outcome: 'the header is not sent', proofs: [ADDED], without: ['an added header goes over TLS alone'] },
    ],
  },
  {
    title: 'A result that changes a lock file, whose installation runs before its checks',
    cases: [
      { tried: "a host that is none of the image's registries, and writing to one that is", outcome: 'refused, and named with the evidence', proofs: [changedLock('with the registries alone and no secret'), changedLock('that a registry refuses')] },
      { tried: 'secrets of setup', outcome: 'none is given', proofs: [changedLock('with the registries alone and no secret')] },
      { tried: 'a network for the checks themselves', outcome: 'none; they run in a container of their own', proofs: [changedLock('then without any network')] },
    ],
  },
  {
    title: 'Escape',
    cases: [
      { tried: 'sockets of the engine, of ssh and gpg agents, of a desktop, in files and without (abstract ones); variables that lead to them', outcome: 'none', proofs: [escape('sees no socket of an engine')], without: ['nothing of the host is mounted', "no network of the host's"] },
      { tried: 'folders of the host; processes of the host', outcome: 'none but the four files that the engine writes itself', proofs: [escape('has nothing of the host mounted')] },
      { tried: 'mount, bind, remount, umount, pivot_root, chroot; unshare, setns, clone with namespaces', outcome: 'refused', proofs: [REFUSED], without: ["the engine's filter of system calls", 'no capability, not even as root'] },
      { tried: 'ptrace, process_vm_readv, bpf, perf, keyrings, userfaultfd, modules, kexec, file handles, clock, host name, swap, quota, reboot', outcome: 'refused, or there is no such process', proofs: [REFUSED], without: ["the engine's filter of system calls"] },
      { tried: 'io_uring', outcome: 'refused from Docker 25 on; before, let through (below)', proofs: [REFUSED] },
      { tried: 'another user or group, a file given away, a device made, a limit or priority raised', outcome: 'refused', proofs: [REFUSED, image('has no network but loopback, no capability')], without: ['no capability'] },
      { tried: 'files of the kernel, of cgroups and of devices, read and written', outcome: 'refused, or not there', proofs: [REFUSED] },
      { tried: "a setuid program of root's that setup left", outcome: 'stays the agent user', proofs: [escape('is the agent user')], without: ['no new privileges', 'an ordinary user'] },
      { tried: "an image's entrypoint, command, user, folder and health check", outcome: 'none has a say', proofs: [escape('has no say: its entrypoint'), image('overrides entrypoint, command, user')], without: ['the command goes before what the image says', "the image's health check does not run"] },
      { tried: "an image's volumes", outcome: 'go with the container; over the workspace the image is refused', proofs: [escape('has no say: its entrypoint'), image('would swallow the result')], without: ['volumes of an image go with the container', 'a volume over the workspace is refused'] },
      { tried: 'privileges, mounts, devices, options of the engine, programs for the host in devcontainer.json, Compose or `.drydock/environment.yaml`', outcome: 'named one by one, and nothing of it done', proofs: [escape('is told no, item by item'), at('domain/environment/devcontainer')('is named one by one, with why')], without: ['what a devcontainer.json asks for in vain is named', 'an environment file has no field for them'] },
    ],
  },
  {
    title: 'Exhaustion, beside a healthy run',
    cases: [
      { tried: 'a bomb of processes', outcome: 'no more than its number', proofs: [exhaustion('of processes gets no more than its number'), exhaustion('leaves that run as it is')], without: ['the number of processes'] },
      { tried: 'of memory', outcome: 'ended at its limit; swap is none', proofs: [exhaustion('of memory is ended at its limit')], without: ['memory'] },
      { tried: 'of open files', outcome: 'no more than 16,384', proofs: [exhaustion('of open files gets no more than its number')], without: ['open files'] },
      { tried: 'of loops', outcome: 'its share of the processors', proofs: [exhaustion('of loops gets its share'), at('e2e/sealed-work')('has the limits of its environment')], without: ['processors'] },
      { tried: 'in `/dev/shm`', outcome: '64 MiB', proofs: [exhaustion('in shared memory finds 64 MiB there')], without: ['shared memory'] },
      { tried: 'of bytes in `/workspace`, `/tmp`, the home folder and in setup', outcome: 'stopped while it writes; its result is refused', proofs: [exhaustion('is stopped while it works'), exhaustion('in the setup: is stopped while it runs')], without: ['the watch over written bytes, at work', 'the watch over written bytes, at setup'] },
      { tried: 'of a hundred thousand empty files', outcome: 'its result is refused', proofs: [exhaustion('of empty files has its result refused')], without: ['the number of changed files'] },
      { tried: 'a sparse file of 50 GB, before it becomes real', outcome: 'refused', proofs: [handOver('of 50 GB that take no disk')], without: ['what was written is measured before it is copied'] },
      { tried: 'a log without end and without a line break', outcome: 'kept, in bounded memory; no other run is held up', proofs: [exhaustion('takes no memory of the service'), at('adapters/files/log-cap')('past the cap bytes are counted and not stored'), at('adapters/files/log-cap')('a producer is held back')], without: ['a producer of output is held back'] },
      { tried: 'a log of NULs, of half characters, of escapes', outcome: 'kept byte for byte', proofs: [exhaustion('of NULs, of half characters')] },
      { tried: 'a command that ignores every signal', outcome: 'killed after its grace', proofs: [escape('and ignores every signal is gone soon'), at('e2e/ends-of-work')('its time is up and it ignores the signal')] },
    ],
  },
  {
    title: 'Services: an image whose entrypoint runs as root',
    cases: [
      { tried: 'TCP, UDP, ICMP, raw and packet sockets, broadcast, multicast, names; modes off and allow-list', outcome: 'nothing arrives; loopback alone', proofs: [services('reaches nothing')], without: ['services have no network but that of the run'] },
      { tried: "a denied host by the run's own proxy", outcome: "403, in the run's network log", proofs: [services('reaches nothing')] },
      { tried: 'mount, a network namespace or a device of its own; sockets of the machine', outcome: 'not permitted; none is there', proofs: [services('reaches nothing')], without: ['rights of a server'] },
      { tried: "the work's processes and files, and the other way round", outcome: 'not seen: the network is shared, and nothing else', proofs: [services('is kept to its own processes')] },
      { tried: 'a volume or a health check that the image declares', outcome: 'memory that ends with the container; never run', proofs: [services('is kept to its own processes')], without: ["a server's volumes are memory"] },
      { tried: 'more written than the environment allows', outcome: 'stopped, and told; the run goes on', proofs: [services('that fills its disk is stopped')], without: ['the watch over written bytes, of services'] },
    ],
  },
  {
    title: 'Hand-over',
    cases: [
      { tried: 'a replaced `git`, `find`, shell, libc and loader; `ld.so.preload`; variables of the image for the loader', outcome: 'nothing of it runs', proofs: [TRAPS, handOver('/etc made a link to the workspace')], without: ['/etc is covered where left files are looked at', "the image's variables do not steer the loader"] },
      { tried: 'attributes with filters, encodings, line ends and `ident`; a `.git` folder, gitfiles, bare and nested repositories with programs in their configuration', outcome: 'content is taken as it is; nothing of it runs', proofs: [TRAPS], without: ['content is hashed as it is'] },
      { tried: 'devices, fifos, sockets, links absolute and upward, hard links, loops', outcome: 'special files are left out by name; links stay links', proofs: [TRAPS], without: ['special files are left out'] },
      { tried: '`.git` in every spelling that some file system takes for it; submodule traps and lists of them', outcome: 'left out by name', proofs: [TRAPS, imported('with names that reach for .git')], without: ['every spelling of .git is left out', 'below a submodule nothing is taken', 'lists of submodules are left out', 'paths of a pack are checked'] },
      { tried: 'files over 200 MB, a million entries, packs without end', outcome: 'left out by name, or refused', proofs: [TRAPS, at('domain/collection')('is refused when it is cut off'), imported('above the caps, in bytes')], without: ['large files are left out', 'a pack has its limits'] },
      { tried: 'names with line breaks, escapes, other encodings; collisions of case and Unicode', outcome: 'taken as they are, and named', proofs: [TRAPS, at('domain/collection-path')('paths are quoted exactly as git quotes them'), at('domain/collection-findings')('large files, collisions')] },
      { tried: 'a workspace that is a link, a file, or gone', outcome: 'refused', proofs: [handOver('a workspace that is not one')], without: ['a workspace that is a link is refused'] },
      { tried: 'a pack with stowaways, broken trees, a new submodule', outcome: 'refused, or left outside of the depot', proofs: [imported('with more than the tree needs'), imported('with a tree that is none')], without: ['only what the tree needs goes into the depot'] },
      { tried: "every key of git's configuration that names a program, monitors of files, filters, in the user's own repository", outcome: 'none runs', proofs: [CONFIGURED], without: ["filters of a repository's own are not run", "a repository's monitor of files is not run"] },
      { tried: "hooks of the user's own repository, when its working tree is taken and when something lands", outcome: 'none runs', proofs: [landing('hooks of the repository run neither')], without: ['hooks are not run'] },
      { tried: 'a committed folder that looks like a repository; a missing object that is to be fetched by a program', outcome: 'is none; nothing is fetched', proofs: [repository('a folder of committed files that looks like a repository is none'), repository('nothing is fetched')], without: ['a folder that looks like a repository is none', 'a missing object is not fetched'] },
      { tried: 'a forged test runner, edited tests, a false “PASS”', outcome: 'the outcome is that of a fresh container; edits are named', proofs: [evidence('change no outcome of a check')], without: ['checks begin from the snapshot'] },
      { tried: 'files that run on your machine later (hooks, editor tasks, package scripts, CI), hidden and bidirectional characters', outcome: 'named in the review', proofs: [at('domain/findings/content-findings')('runsOnYourMachine'), at('domain/findings/content-findings')('invisibleCharacter')], without: ['hidden characters are named'] },
      { tried: 'terminal escapes, HTML, bidirectional marks in logs, briefs and names', outcome: 'shown as text', proofs: [at('cli/sanitise')('keeps colours, and shows everything else that is not text'), at('renderer/activity')('shows hostile output as text'), at('renderer/history')('shows text as text')], without: ['terminal escapes are not passed on'] },
      { tried: 'a landing at `.git/…`, at `../x`, through a link, as an option, over a file that the user wrote meanwhile', outcome: 'refused; nothing is lost', proofs: [landing('refused, nothing is made or replaced'), landing('refused, whatever its name would mean to git'), landing('what the user writes while the files of a landing are moved is not lost'), site('never follows a link out of the working tree')], without: ['nothing is written into .git', 'a branch has a name', 'what the user wrote meanwhile is kept'] },
      { tried: "what another project's setup left, with an environment exactly alike", outcome: 'never found', proofs: [neighbours('is never found by another')], without: ['a snapshot belongs to one project'] },
      { tried: "somebody else's container under the name of one of ours", outcome: 'not touched', proofs: [neighbours('is not touched')], without: ["somebody else's container is not touched"] },
    ],
  },
  {
    title: 'The app itself',
    cases: [
      { tried: 'a web page that calls the loopback port: another Host, Origin, no or a wrong cookie or token', outcome: '421, 403, 401', proofs: [http('so that a rebound name gets nothing'), http('nobody else'), http('nothing without the cookie')], without: ['the Host header of the service', 'the origin of a page', 'the token', 'the cookie'] },
      { tried: 'files outside of the interface, links out, hidden files', outcome: 'not served', proofs: [http('outside the folder'), shell('answers only for files of the interface')], without: ['files outside of the interface are not served'] },
      { tried: 'messages that are none, far too large ones, a million brackets, paths to prototypes', outcome: 'the connection is closed; the service goes on', proofs: [app('the connection is closed, the service goes on'), app('a path to what every object has')], without: ['messages have one form', 'messages have a limit'] },
      { tried: 'prototype pollution in a body, its types, a brief file, variables', outcome: 'not reached', proofs: [app('is not reached')] },
      { tried: '`../` and `--flag` as ids, folders, branch names', outcome: 'refused by name', proofs: [app('refused as invalid, by name'), repository('is refused')], without: ['ids have one form'] },
      { tried: 'a forged sender frame: another origin, a look-alike, a file, a frame inside the page', outcome: 'refused', proofs: [shell('answers nobody but its page'), shell('refuses a real frame inside the page')], without: ['the sender of a message', 'a frame inside the page is nobody'] },
      { tried: 'navigation (a dropped file is one), `window.open`, webviews', outcome: 'the page stays; nothing opens', proofs: [shell('stays on its page'), shell('opens no window and holds no webview')], without: ['the page goes nowhere', 'no window is opened', 'no webview'] },
      { tried: 'permissions, devices', outcome: 'denied', proofs: [shell('denies')], without: ['permissions'] },
      { tried: 'scripts, pictures and connections of elsewhere', outcome: 'not loaded', proofs: [shell('loads nothing from the network'), shell('answers only for files of the interface')], without: ['the content policy of the page'] },
      { tried: 'addresses with other schemes, or with a user in them, to be opened', outcome: 'refused; others only after a question', proofs: [shell('does not open'), at('shell/app-url')('refuses')], without: ['addresses that are opened'] },
    ],
  },
];
