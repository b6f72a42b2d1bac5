import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {cacheRoot} from '../../cluster/binaries.ts';

/** The servers that are measured beside mkcoa, at exactly these versions. */
export const peers = {'kubernetes-mcp-server': '0.0.67', 'mcp-server-kubernetes': '4.1.7'} as const;
type Peer = keyof typeof peers;

/** Installs what the cache lacks, without running any script of a package: they are no dependencies of mkcoa. */
export function installPeers(say: (line: string) => void): void {
	for (const [name, version] of Object.entries(peers)) {
		const folder = folderOf(name, version);
		if (existsSync(folder)) continue;
		say(`installing ${name} ${version} from npm`);
		// Under another name first: a folder of this name is whole.
		const unfinished = `${folder}.part`;
		rmSync(unfinished, {recursive: true, force: true});
		mkdirSync(unfinished, {recursive: true});
		const flags = ['--prefix', unfinished, '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
		execFileSync('npm', ['install', ...flags, `${name}@${version}`], {cwd: unfinished, stdio: ['ignore', 'ignore', 'inherit']});
		renameSync(unfinished, folder);
	}
}

const folderOf = (name: string, version: string) => join(cacheRoot(), 'mcp-peers', `${name}-${version}`);

/** Path of a file of an installed peer. */
export const peerFile = (name: Peer, file: string): string => join(folderOf(name, peers[name]), 'node_modules', name, file);
