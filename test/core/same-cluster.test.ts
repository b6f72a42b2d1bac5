import {expect, test} from 'vitest';
import {isSameCluster} from '../../src/core/same-cluster.ts';

const address = 'https://10.0.0.1:6443';
const tunnel = 'https://127.0.0.1:6443';
const at = (clusterId: string, cluster = address, more: {readonly context?: string; readonly authority?: string} = {}) => ({
	context: 'any',
	identity: 'any',
	cluster,
	clusterId,
	...more,
});
const byAddress = (cluster = address, more = {}) => at(cluster, cluster, more);

test.each([
	['one uid', at('u1'), at('u1'), true],
	['one uid under two addresses and contexts', at('u1'), at('u1', 'https://other:6443', {context: 'other'}), true],
	['two uids at one address: the cluster was made anew', at('u1'), at('u2'), false],
	['two uids at one address with one authority', at('u1', tunnel, {authority: 'a'}), at('u2', tunnel, {authority: 'a'}), false],
	['an address and the uid of who may read it', byAddress(), at('u1'), true],
	['the uid and an address', at('u1'), byAddress(), true],
	['two who may not read the uid', byAddress(), byAddress(), true],
	['two addresses', byAddress(), byAddress('https://other:6443'), false],
	['two addresses with one authority', byAddress(address, {authority: 'a'}), byAddress('https://other:6443', {authority: 'a'}), false],
	['an address and a uid at another', at('u1', 'https://other:6443'), byAddress(), false],
	['two contexts of one address that nothing proves', byAddress(), at('u1', address, {context: 'other'}), false],
	[
		'two contexts that one authority proves',
		byAddress(address, {authority: 'a'}),
		at('u1', address, {context: 'other', authority: 'a'}),
		true,
	],
	['one address that two authorities prove', byAddress(address, {authority: 'a'}), byAddress(address, {authority: 'b'}), false],
	['one person behind one tunnel', byAddress(tunnel), byAddress(tunnel), true],
	['two contexts behind a tunnel', byAddress(tunnel), byAddress(tunnel, {context: 'other'}), false],
	['a uid behind a tunnel that another went through', byAddress(tunnel), at('u1', tunnel), false],
	['the same, the other way round', at('u1', tunnel), byAddress(tunnel), false],
	['a tunnel by name', byAddress('https://localhost:6443'), at('u1', 'https://localhost:6443'), false],
	['a tunnel without a scheme', byAddress('localhost:6443'), at('u1', 'localhost:6443'), false],
	['a tunnel of which one side checks nothing', byAddress(tunnel, {authority: 'a'}), at('u1', tunnel), false],
	['another tunnel on the same port', byAddress(tunnel, {authority: 'a'}), at('u1', tunnel, {authority: 'b'}), false],
	['a tunnel that one authority proves', byAddress(tunnel, {authority: 'a'}), at('u1', tunnel, {context: 'other', authority: 'a'}), true],
])('%s', (_name, one, other, same) => {
	expect(isSameCluster(one, other)).toBe(same);
	expect(isSameCluster(other, one)).toBe(same);
});
