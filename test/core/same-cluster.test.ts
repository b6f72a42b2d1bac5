import {expect, test} from 'vitest';
import {isSameCluster} from '../../src/core/same-cluster.ts';

const at = (clusterId: string, cluster = 'https://10.0.0.1:6443') => ({context: 'any', identity: 'any', cluster, clusterId});
const address = 'https://10.0.0.1:6443';

test.each([
	['one uid', at('u1'), at('u1'), true],
	['one uid under two addresses', at('u1'), at('u1', 'https://other:6443'), true],
	['two uids at one address: the cluster was made anew', at('u1'), at('u2'), false],
	['an address and the uid of who may read it', at(address), at('u1'), true],
	['the uid and an address', at('u1'), at(address), true],
	['two who may not read the uid', at(address), at(address), true],
	['two addresses', at(address), at('https://other:6443', 'https://other:6443'), false],
	['an address and a uid at another', at('u1', 'https://other:6443'), at(address), false],
])('%s', (_name, one, other, same) => {
	expect(isSameCluster(one, other)).toBe(same);
});
