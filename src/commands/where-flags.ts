import {shellWord} from '../core/text/shell-word.ts';
import type {Options} from './options.ts';

type Where = Pick<Options, 'context' | 'namespace' | 'kubeconfig' | 'sandbox' | 'from'>;

/** The flags by which a command that is told again looks at the same cluster, each with a space before it. The sandbox is last: it may stand alone. */
export function whereFlags({context, namespace, kubeconfig, sandbox, from}: Where): string {
	const valued = [
		['--kubeconfig', kubeconfig],
		['--from', from],
		['--context', context],
		['-n', namespace],
	].flatMap(([flag, value]) => (value === undefined || value === '' ? [] : [` ${flag} ${shellWord(value)}`]));
	const embedded = sandbox === undefined ? '' : sandbox === '' ? ' --sandbox' : ` --sandbox ${shellWord(sandbox)}`;
	return `${valued.join('')}${embedded}`;
}
