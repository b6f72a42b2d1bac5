import type {ExecResult} from '../../machine.ts';
import type {Pod} from '../pod-shapes.ts';

const answer = (stdout: string): ExecResult => ({stdout, stderr: '', exitCode: 0});

/** A few harmless commands answer; nothing is ever run. Values of variables are not shown, since they may be secret. */
export function podExec(pod: Pod, container: string | undefined, command: readonly string[]): ExecResult {
	const [program = '', ...args] = command;
	const chosen = pod.spec.containers.find(({name}) => name === container) ?? pod.spec.containers[0];
	switch (program.slice(program.lastIndexOf('/') + 1)) {
		case 'echo':
			return answer(`${args.join(' ')}\n`);
		case 'hostname':
			return answer(`${pod.metadata.name}\n`);
		case 'ls':
			return answer('bin\netc\nsrc\ntmp\nvar\n');
		case 'env':
		case 'printenv':
			return answer(`${['HOSTNAME', 'PATH', 'HOME', ...(chosen?.env ?? []).map(({name}) => name)].join('\n')}\n`);
		case 'cat':
			if (args[0] === '/etc/hostname') return answer(`${pod.metadata.name}\n`);
	}
	return {stdout: '', stderr: 'the embedded cluster runs no programs\n', exitCode: 126};
}
