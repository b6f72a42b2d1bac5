import {execFileSync} from 'node:child_process';

export type Seen = {readonly pid: number; readonly command: string};

/** Every program of this machine whose command line names the folder: everything a control plane in it consists of. Zombies are gone. */
export function programsIn(folder: string): readonly Seen[] {
	const lines = execFileSync('ps', ['-axww', '-o', 'pid=,stat=,args='], {encoding: 'utf8', maxBuffer: 64e6}).split('\n');
	return lines.flatMap(line => {
		const [, pid, stat, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
		if (command === undefined || stat?.startsWith('Z') || !command.includes(folder)) return [];
		return {pid: Number(pid), command};
	});
}
