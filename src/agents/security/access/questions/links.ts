import {parse} from 'yaml';
import {
	accountIdentities,
	awsAuthIdentities,
	boundCloudNames,
	type CloudIdentity,
	cloudOfNodes,
	unseenIdentities,
} from '../../../../analysis/access/cloud-identities.ts';
import {danglingBindings} from '../../../../analysis/access/dangling.ts';
import {holderText} from '../../../../analysis/access/grants.ts';
import {count} from '../../../../core/text/count.ts';
import {readIdentities} from '../read-access.ts';
import {type Answering, rightsOf} from './asked.ts';

/** A ConfigMap that somebody wrote by hand may hold anything. */
function parsed(text: string): unknown {
	try {
		return parse(text);
	} catch {
		return undefined;
	}
}

/** What bindings and accounts are linked with: identities of clouds, and what is not there. */
export const links: Answering = async asked => {
	const {cluster, signal, limit} = asked;
	const [rights, around] = await Promise.all([rightsOf(asked), readIdentities({cluster, signal})]);
	const ofKind = (kind: string) => around.objects.filter(each => each.kind === kind);
	const cloud = cloudOfNodes(ofKind('Node'));
	const accounts = ofKind('ServiceAccount');
	const identities: readonly CloudIdentity[] = [
		...ofKind('ConfigMap').flatMap(map => awsAuthIdentities(map, parsed)),
		...accountIdentities(accounts),
		...boundCloudNames(rights.grants, cloud),
	];
	const dangling = danglingBindings(rights.objects, {
		accounts: around.unread.has('serviceaccount') ? undefined : accounts,
		hasAll: kind => !rights.unread.has(kind.toLowerCase()),
	});
	const clouds = [...new Set([...(cloud === undefined ? [] : [cloud]), ...identities.map(each => each.cloud)])];
	return {
		answer: `${count(identities.length, 'link')} with identities of a cloud; ${count(dangling.length, 'binding')} ${dangling.length === 1 ? 'names' : 'name'} what is not there`,
		identities: identities.slice(0, limit).map(({holders, ...each}) => ({...each, holders: holders.map(holderText)})),
		dangling: dangling.slice(0, limit).map(each => ({...each, object: {...each.object}})),
		leftOut: Math.max(0, identities.length - limit) + Math.max(0, dangling.length - limit),
		notChecked: [
			...rights.notChecked,
			...around.notChecked,
			...clouds.map(each => ({what: `who signs in by ${each}`, why: unseenIdentities[each]})),
		],
	};
};
