"""Every way to have the proxy carry what it should not. One line an attempt: name, tab, what came of it."""
import re
import socket
import ssl


def answer_of(connection):
    """What is answered, until it says what became of the attempt."""
    connection.settimeout(5)
    said = b""
    try:
        while not re.search(rb'"reason":"\w+"|^HTTP/1\.1 2\d\d [^\0]*\r\n\r\n', said):
            piece = connection.recv(4096)
            if not piece:
                break
            said += piece
    except (TimeoutError, OSError):
        pass
    return said


def short(said):
    reason = re.search(rb'"error":"drydock","reason":"(\w+)"', said)
    if reason:
        return reason[1].decode()
    status = re.match(rb"HTTP/1\.1 (\d+)", said)
    return status[1].decode() if status else f"bytes {said[:12].hex()}"


def attempt(name, action):
    try:
        print(f"{name!r}\t{action()}")
    except Exception as error:
        print(f"{name!r}\t{type(error).__name__}")


def say(sent):
    def action():
        with socket.create_connection(("127.0.0.1", 3128)) as out:
            out.sendall(sent)
            return short(answer_of(out))

    return action


def tunnel(target):
    out = socket.create_connection(("127.0.0.1", 3128))
    out.settimeout(5)
    out.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = out.recv(1)
        if not piece:
            raise ConnectionError(head)
        head += piece
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise PermissionError(head)
    return out


def hello(server_name):
    """A client hello as bytes."""
    outgoing = ssl.MemoryBIO()
    context = ssl._create_unverified_context()
    session = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=server_name)
    try:
        session.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def records(message, size):
    """The same handshake in TLS records of a size."""
    body = message[5:]
    return [b"\x16\x03\x01" + len(body[at : at + size]).to_bytes(2, "big") + body[at : at + size] for at in range(0, len(body), size)]


def greet(target, pieces):
    def action():
        with tunnel(target) as out:
            out.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                out.sendall(piece)
            out.settimeout(5)
            return f"bytes {out.recv(7).hex()}"

    return action


def inside(server_name, sent):
    def action():
        with tunnel(f"{server_name}:443") as out:
            secured = ssl._create_unverified_context().wrap_socket(out, server_hostname=server_name)
            secured.sendall(sent)
            return short(answer_of(secured))

    return action


targets = """93.184.216.34 [::1] [::ffff:93.184.216.34] 2130706433 0x7f000001 0177.0.0.1 127.1 127.0.0.1 0 0.0.0.0 169.254.169.254 [fe80::1%25lo]
user@allowed.test allowed.test@denied.test allowed.test:x@denied.test allowed.test%00.denied.test allowed%2etest allowed.test. denied.test. .allowed.test
allowed.test.. ALLOWED.TEST DENIED.test xn--llowed-qta.test allowed.com.evil.test allowed.test.evil.test evilallowed.test allowed.test-evil.test
sub.allowed.test below.test a.below.test.evil.test abelow.test *.below.test localhost drydock-relay host.docker.internal allowed.test/ allowed.test#.evil.test
127.0.0.1.nip.io.denied.test""".split()
for target in targets:
    attempt(f"connect {target}", say(f"CONNECT {target}:443 HTTP/1.1\r\nHost: allowed.test:443\r\n\r\n".encode()))
for name, target in {
    "NUL": b"allowed.test\0.denied.test:443",
    "CR LF": b"allowed.test\r\n.denied.test:443",
    "a header": b"denied.test:443 HTTP/1.1\r\nHost: allowed.test\r\nX:",
    "fullwidth": "ａllowed.test.denied。test:443".encode(),
    "cyrillic": "аllowed.test:443".encode(),
    "soft hyphen": "denied\u00ad.test:443".encode(),
    "another port": b"allowed.test:22",
}.items():
    attempt(f"connect with {name}", say(b"CONNECT " + target + b" HTTP/1.1\r\nHost: allowed.test\r\n\r\n"))
for name, sent in {
    "plain to a denied host": b"GET http://denied.test/?canary HTTP/1.1\r\nHost: denied.test\r\n\r\n",
    "plain, Host is another": b"GET http://allowed.test/ HTTP/1.1\r\nHost: denied.test\r\n\r\n",
    "plain, address is another": b"GET http://denied.test/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n",
    "plain, user before the host": b"GET http://allowed.test@denied.test/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n",
    "plain, two hosts": b"GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nHost: denied.test\r\n\r\n",
    "plain, POST where only GET": b"POST http://read.test/ HTTP/1.1\r\nHost: read.test\r\nContent-Length: 6\r\n\r\ncanary",
    "plain, two lengths": b"POST http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET http://denied.test/ HTTP/1.1\r\n\r\n",
    "another scheme": b"GET ftp://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n",
}.items():
    attempt(name, say(sent))

good, bad, none = hello("allowed.test"), hello("denied.test"), hello(None)
attempt("TLS with the name", greet("allowed.test:443", [good]))
attempt("TLS with the name, in two pieces", greet("allowed.test:443", [good[:40], good[40:]]))
attempt("TLS with another name", greet("allowed.test:443", [bad]))
attempt("TLS with another name, in two pieces", greet("allowed.test:443", [bad[:40], bad[40:]]))
attempt("TLS with another name, byte by byte", greet("allowed.test:443", [bad[at : at + 1] for at in range(len(bad))]))
attempt("TLS with another name, in small records", greet("allowed.test:443", records(bad, 16)))
attempt("TLS with a name that goes on", greet("allowed.test:443", [hello("allowed.test.denied.test")]))
attempt("TLS without a name", greet("allowed.test:443", [none]))
attempt("no TLS", greet("allowed.test:443", [b"GET / HTTP/1.1\r\nHost: allowed.test\r\n\r\ncanary"]))
attempt("SSH", greet("allowed.test:443", [b"SSH-2.0-canary\r\n"]))

READ = b"Host: read.test\r\n"
for name, sent in {
    "reading": b"GET /page HTTP/1.1\r\n" + READ + b"Connection: close\r\n\r\n",
    "Host is another": b"GET / HTTP/1.1\r\nHost: denied.test\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\n" + READ + b"Host: denied.test\r\n\r\n",
    "a whole address": b"GET https://denied.test/ HTTP/1.1\r\n" + READ + b"\r\n",
    "POST": b"POST / HTTP/1.1\r\n" + READ + b"Content-Length: 6\r\n\r\ncanary",
    "an override": b"GET / HTTP/1.1\r\n" + READ + b"X-HTTP-Method-Override: POST\r\n\r\n",
    "an override in the query": b"GET /?_method=DELETE HTTP/1.1\r\n" + READ + b"\r\n",
    "an override with underscores": b"GET / HTTP/1.1\r\n" + READ + b"X_HTTP_METHOD_OVERRIDE: PUT\r\n\r\n",
    "a WebSocket": b"GET / HTTP/1.1\r\n" + READ + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==\r\n\r\n",
    "h2c": b"GET / HTTP/1.1\r\n" + READ + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
    "a tunnel in the tunnel": b"CONNECT denied.test:443 HTTP/1.1\r\nHost: denied.test:443\r\n\r\n",
    "a request behind a request": b"GET / HTTP/1.1\r\n" + READ + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /smuggled HTTP/1.1\r\n" + READ + b"\r\n",
    "TRACE": b"TRACE / HTTP/1.1\r\n" + READ + b"\r\n",
    "names by HTTPS of a path": b"GET /dns-query?name=denied.test HTTP/1.1\r\nHost: path.test\r\n\r\n",
}.items():
    attempt(f"inside, {name}", inside("path.test" if b"path.test" in sent else "read.test", sent))

for name in ["loopback.test", "loopback6.test", "private.test", "link.test", "mapped.test", "zero.test", "multicast.test", "host.test", "mixed.test"]:
    attempt(f"leads to {name}", say(f"GET http://{name}/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()))
for turn in ["first", "second"]:
    attempt(f"changes, {turn}", say(b"GET http://changing.test/ HTTP/1.1\r\nHost: changing.test\r\nConnection: close\r\n\r\n"))
