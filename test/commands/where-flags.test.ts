import {expect, test} from 'vitest';
import {whereFlags} from '../../src/commands/where-flags.ts';

test.each([
	[{}, ''],
	[{namespace: 'shop'}, ' -n shop'],
	[{context: 'my cluster', namespace: 'shop', sandbox: ''}, " --context 'my cluster' -n shop --sandbox"],
	[{sandbox: 'shop'}, ' --sandbox shop'],
	[{kubeconfig: '/tmp/it'}, ' --kubeconfig /tmp/it'],
])('%o is told again as %s', (options, flags) => {
	expect(whereFlags(options)).toBe(flags);
});
