/**
 * A customer's machine of its own: a network namespace with one cable (veth) to the host, on which the server's port
 * answers at 127.0.0.1 as it does on the host, so that both people use the same origin. Needs root, ip and iptables.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { LAUNCH_ARGS, chromiumPath } from './chromium';

const sh = (line: string) =>
  execFileSync('sh', ['-ec', line], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

export interface Namespace {
  /** The host's address as seen from the namespace. */
  hostAddress: string;
  /** Starts a Chromium inside; its screen is the host's X screen. */
  browser: (...args: string[]) => Promise<Browser>;
  /** Cuts the cable silently: packets vanish in both directions. */
  cut: () => void;
  mend: () => void;
  /** Lets no UDP through, in either direction. */
  blockUdp: () => void;
  close: () => Promise<void>;
}

/** @param port of the server on the host's loopback */
export async function openNamespace(port: number): Promise<Namespace> {
  const id = `${process.pid % 10_000}`;
  const [name, host, inside] = [`tasuki${id}`, `tsk${id}h`, `tsk${id}n`];
  const subnet = `10.213.${process.pid % 250}`;
  const [hostAddress, address] = [`${subnet}.1`, `${subnet}.2`];
  const inNs = (line: string) => sh(`ip netns exec ${name} ${line}`);

  sh(`ip netns add ${name}`);
  sh(`ip link add ${host} type veth peer name ${inside}`);
  // No IPv6: its addresses would arrive seconds later, and Chromium drops what it is loading whenever one does.
  sh(`sysctl -qw net.ipv6.conf.${host}.disable_ipv6=1`);
  sh(`ip link set ${inside} netns ${name}`);
  sh(`ip addr add ${hostAddress}/24 dev ${host} && ip link set ${host} up`);
  inNs(`ip addr add ${address}/24 dev ${inside}`);
  inNs(`ip link set ${inside} up`);
  inNs('ip link set lo up');
  inNs(`ip route add default via ${hostAddress}`);
  inNs('sysctl -qw net.ipv4.conf.all.route_localnet=1');
  inNs('sysctl -qw net.ipv6.conf.all.disable_ipv6=1');
  inNs(
    `iptables -t nat -A OUTPUT -p tcp -d 127.0.0.1 --dport ${port} -j DNAT --to-destination ${hostAddress}:${port}`,
  );
  inNs(`iptables -t nat -A POSTROUTING -o ${inside} -j SNAT --to-source ${address}`);

  const forwarder = await forward(hostAddress, port);
  const folder = mkdtempSync(join(tmpdir(), 'tasuki-ns-'));
  const wrapper = join(folder, 'chromium');
  writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${name} ${chromiumPath()} "$@"\n`);
  chmodSync(wrapper, 0o755);

  const rules: string[] = [];
  const rule = (chain: string, match: string) => {
    sh(`iptables -I ${chain} ${match} -j DROP`);
    rules.push(`${chain} ${match}`);
  };
  const clear = () => {
    for (const each of rules.splice(0)) sh(`iptables -D ${each} -j DROP`);
  };
  return {
    hostAddress,
    browser: (...args) => chromium.launch({ executablePath: wrapper, args: [...LAUNCH_ARGS, ...args] }),
    cut: () => {
      rule('INPUT', `-i ${host}`);
      rule('OUTPUT', `-o ${host}`);
    },
    mend: clear,
    blockUdp: () => {
      rule('INPUT', `-i ${host} -p udp`);
      rule('OUTPUT', `-o ${host} -p udp`);
    },
    close: async () => {
      clear();
      await forwarder.close();
      sh(`ip netns del ${name}; ip link del ${host} 2>/dev/null || true`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server listens on loopback only; this carries its port to the cable. */
async function forward(address: string, port: number): Promise<{ close: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        (socket === client ? upstream : client).destroy();
      });
    }
  }).listen(port, address);
  await once(server, 'listening');
  return {
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
