import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {accountIdentities, awsAuthIdentities, boundCloudNames, cloudOfNodes} from '../../../src/analysis/access/cloud-identities.ts';
import {danglingBindings} from '../../../src/analysis/access/dangling.ts';
import {grantsOf, holderText} from '../../../src/analysis/access/grants.ts';
import {account, binding, clusterBinding, clusterRole} from '../../support/access-objects.ts';
import {object} from '../../support/kube-objects.ts';

const all = () => true;

test('finds bindings that name what is not there, and leaves the others alone', () => {
	const objects = [
		clusterRole('view', []),
		binding('fine', 'ClusterRole view', 'ServiceAccount shop/app, User ada'),
		binding('no-role', 'Role gone', 'User ada'),
		clusterBinding('no-account', 'view', 'User ada, ServiceAccount shop/lost'),
		{...clusterBinding('nobody', 'view', 'User x'), subjects: []},
	];
	const found = danglingBindings(objects, {accounts: [account('shop/app')], hasAll: all});
	expect(found.map(({id, object: {name}, path}) => ({id, name, path}))).toEqual([
		{id: 'binding-without-role', name: 'no-role', path: 'roleRef'},
		{id: 'binding-without-account', name: 'no-account', path: 'subjects[1]'},
		{id: 'binding-without-subjects', name: 'nobody', path: 'subjects'},
	]);
});

test('misses nothing that could not be read', () => {
	const objects = [binding('b', 'ClusterRole view', 'ServiceAccount shop/app')];
	expect(danglingBindings(objects, {accounts: undefined, hasAll: kind => kind !== 'ClusterRole'})).toEqual([]);
});

test('reads aws-auth, annotations of accounts and names of clouds', () => {
	const map = object('v1', 'ConfigMap', 'aws-auth', {
		metadata: {namespace: 'kube-system'},
		data: {
			mapRoles: '- rolearn: arn:aws:iam::111122223333:role/Admin\n  username: admin\n  groups: [system:masters]\n',
			mapUsers: '- userarn: arn:aws:iam::111122223333:user/eve\n  username: eve\n',
		},
	});
	expect(awsAuthIdentities(map, parse).map(({identity, holders, source}) => [identity, holders.map(holderText).join(), source])).toEqual([
		['arn:aws:iam::111122223333:role/Admin', 'User admin,Group system:masters', 'ConfigMap kube-system/aws-auth mapRoles'],
		['arn:aws:iam::111122223333:user/eve', 'User eve', 'ConfigMap kube-system/aws-auth mapUsers'],
	]);
	const accounts = [
		account('shop/a', {'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/s3'}),
		account('shop/b', {'iam.gke.io/gcp-service-account': 'b@p.iam.gserviceaccount.com'}),
		account('shop/c', {'azure.workload.identity/client-id': '0f0f0f0f-0000-4000-8000-000000000000'}),
		account('shop/d'),
	];
	expect(accountIdentities(accounts).map(({cloud, direction}) => `${cloud} ${direction}`)).toEqual([
		'AWS out',
		'Google Cloud out',
		'Azure out',
	]);
	const grants = grantsOf([binding('b', 'ClusterRole view', 'Group 0f0f0f0f-0000-4000-8000-000000000001, User ada@example.com, User bob')]);
	expect(boundCloudNames(grants, 'Google Cloud').map(({cloud, identity}) => `${cloud} ${identity}`)).toEqual([
		'Azure Entra object 0f0f0f0f-0000-4000-8000-000000000001',
		'Google Cloud ada@example.com',
	]);
	expect(boundCloudNames(grants, undefined)).toHaveLength(1);
	expect(awsAuthIdentities({...map, data: {mapRoles: 'a: b'}}, parse)).toEqual([]);
});

test.each([
	['aws:///eu-west-1a/i-1', 'AWS'],
	['gce://p/z/n', 'Google Cloud'],
	['azure:///subscriptions/x', 'Azure'],
	['kind://docker/kind/n', undefined],
])('takes %s for %s', (providerID, cloud) => {
	expect(cloudOfNodes([object('v1', 'Node', 'n', {spec: {providerID}})])).toBe(cloud);
});
