import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';

export type Seen = {readonly pid: number; readonly command: string};

/** Every program of this machine whose command line names the folder: everything a control plane in it consists of. Zombies are gone. */
export function programsIn(folder: string): readonly Seen[] {
	const all = process.platform === 'linux' ? fromProc() : fromPs();
	return all.filter(({command}) => command.includes(folder));
}

/** Small images have no `ps`. A zombie's command line is empty. */
function fromProc(): readonly Seen[] {
	return readdirSync('/proc').flatMap(name => {
		if (!/^\d+$/.test(name)) return [];
		try {
			return {pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trimEnd()};
		} catch {
			// It has ended since, or is somebody else's.
			return [];
		}
	});
}

function fromPs(): readonly Seen[] {
	const lines = execFileSync('ps', ['-axww', '-o', 'pid=,stat=,args='], {encoding: 'utf8', maxBuffer: 64e6}).split('\n');
	return lines.flatMap(line => {
		const [, pid, stat, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
		return command === undefined || stat?.startsWith('Z') ? [] : {pid: Number(pid), command};
	});
}
