"""Every way up and out of a container that needs no network. One line an attempt: name, tab, what came of it."""
import ctypes
import errno
import os
import stat
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == "x86_64"


def attempt(name, action):
    try:
        print(f"{name}\tdone {action()}", flush=True)
    except Exception as error:
        said = errno.errorcode.get(error.errno, error.errno) if isinstance(error, OSError) else error
        print(f"{name}\t{type(error).__name__} {said}".replace("\n", " "), flush=True)


def call(number, *arguments):
    """A system call by its number, past whatever libc thinks of it."""

    def action():
        ctypes.set_errno(0)
        answer = libc.syscall(number, *arguments)
        if answer < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return answer

    return action


# Numbers of x86-64, and of the others, which have one table.
def of(intel, others):
    return intel if x86 else others


NEW_USER, NEW_NAMESPACE, NEW_NET = 0x10000000, 0x00020000, 0x40000000
attempt("mount tmpfs", call(of(165, 40), b"none", b"/mnt", b"tmpfs", 0, None))
attempt("mount bind", call(of(165, 40), b"/", b"/mnt", None, 4096, None))
attempt("remount proc", call(of(165, 40), b"proc", b"/proc", b"proc", 32, None))
attempt("umount proc", call(of(166, 39), b"/proc/kcore", 2))
attempt("pivot_root", call(of(155, 41), b"/", b"/"))
attempt("chroot", lambda: os.chroot("/"))
attempt("unshare user", call(of(272, 97), NEW_USER))
attempt("unshare mount", call(of(272, 97), NEW_NAMESPACE))
attempt("unshare net", call(of(272, 97), NEW_NET))
attempt("setns of the first process", lambda: call(of(308, 268), os.open("/proc/1/ns/net", os.O_RDONLY), 0)())
attempt("clone with a user namespace", call(of(56, 220), NEW_USER | 17, 0, 0, 0, 0))
attempt("bpf", call(of(321, 280), 0, ctypes.byref(ctypes.create_string_buffer(128)), 128))
attempt("perf_event_open", call(of(298, 241), ctypes.byref(ctypes.create_string_buffer(128)), 0, -1, -1, 0))
attempt("keyctl", call(of(250, 219), 0, -3, 1))
attempt("add_key", call(of(248, 217), b"user", b"canary", b"x", 1, -3))
attempt("userfaultfd", call(of(323, 282), 0))
attempt("kexec_load", call(of(246, 104), 0, 0, None, 0))
attempt("init_module", call(of(175, 105), b"x", 1, b""))
attempt("open_by_handle_at", call(of(304, 265), -100, ctypes.create_string_buffer(32), 0))
attempt("settimeofday", call(of(164, 170), ctypes.create_string_buffer(16), None))
attempt("sethostname", lambda: os.sethostname("elsewhere") if hasattr(os, "sethostname") else call(of(170, 161), b"elsewhere", 9)())
attempt("reboot", call(of(169, 142), 0xFEE1DEAD, 672274793, 0, None))
attempt("swapon", call(of(167, 224), b"/workspace/README.md", 0))
attempt("quotactl", call(of(179, 60), 0, None, 0, None))
attempt("process_vm_readv of a kernel thread", call(of(310, 270), 2, None, 0, None, 0, 0))
attempt("ptrace of process 2", call(of(101, 117), 16, 2, 0, 0))
attempt("io_uring", call(425, 1, ctypes.create_string_buffer(120)))

attempt("become root", lambda: os.setuid(0))
attempt("become another group", lambda: os.setgroups([0]))
attempt("give a file away", lambda: (open("/tmp/mine", "w").close(), os.chown("/tmp/mine", 0, 0)))
attempt("make a device", lambda: os.mknod("/tmp/disk", stat.S_IFBLK | 0o600, os.makedev(253, 0)))
attempt("raise a limit", lambda: __import__("resource").setrlimit(7, (1 << 20, 1 << 20)))
attempt("a priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
for path in ["/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/release_agent", "/sys/fs/cgroup/memory/release_agent", "/etc/passwd", "/usr/bin/git"]:
    attempt(f"write {path}", lambda: os.close(os.open(path, os.O_WRONLY)))
for path in ["/proc/kcore", "/proc/kmsg", "/dev/kmsg", "/dev/mem", "/dev/sda", "/dev/vda", "/dev/fuse", "/dev/kvm", "/dev/net/tun", "/etc/shadow", "/proc/1/root/etc/shadow"]:
    attempt(f"read {path}", lambda: len(os.read(os.open(path, os.O_RDONLY | os.O_NONBLOCK), 1)) or "nothing")

found = []
for folder, _, names in os.walk("/"):
    if folder.startswith(("/proc", "/sys")):
        continue
    for name in names:
        path = os.path.join(folder, name)
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode) or name in ("docker.sock", "containerd.sock", "podman.sock"):
            found.append(path)
print(f"sockets\t{' '.join(found)}")
with open("/proc/net/unix") as lines:
    print(f"abstract sockets\t{len(lines.readlines()) - 1}")
print("steering\t" + " ".join(sorted({"DOCKER_HOST", "SSH_AUTH_SOCK", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "GPG_AGENT_INFO", "KUBECONFIG"} & set(os.environ))))
with open("/proc/self/mountinfo") as lines:
    real = [fields for fields in (line.split() for line in lines) if not fields[fields.index("-") + 1] in ("overlay", "proc", "tmpfs", "devpts", "sysfs", "cgroup", "cgroup2", "mqueue")]
print("mounts\t" + " ".join(sorted(fields[4] for fields in real)))
print(f"processes\t{len([name for name in os.listdir('/proc') if name.isdigit()])}")
print(f"user\t{os.getuid()}:{os.getgid()} {os.getgroups()}")
if os.path.exists("/usr/local/bin/up"):
    print("setuid program\t" + subprocess.run(["/usr/local/bin/up", "-c", "import os; print(os.geteuid())"], capture_output=True, text=True).stdout.strip())
