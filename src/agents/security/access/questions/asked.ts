import {type AccessObjects, type Grant, grantsOf} from '../../../../analysis/access/grants.ts';
import {ruleText} from '../../../../analysis/access/rule-text.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Told} from '../access-output.ts';
import {type Read, readRights} from '../read-access.ts';
import type {UsePorts} from '../used-requests.ts';

/** One question, and what it is asked of. */
export type Asked = {
	/** Words after the question. */
	readonly about: readonly string[];
	readonly namespace: string | undefined;
	/** Groups that only the sign-in knows. */
	readonly groups: readonly string[];
	/** Requests in words: `get pods`. */
	readonly allow: readonly string[];
	readonly byName: boolean;
	readonly system: boolean;
	readonly limit: number;
	readonly cluster: Cluster;
	readonly usedRequests: UsePorts['usedRequests'];
	readonly signal: AbortSignal;
};

/** Answers one question. */
export type Answering = (asked: Asked) => Promise<Told>;

export type Rights = Read & {readonly grants: readonly Grant[]; readonly objects: AccessObjects};

export async function rightsOf({cluster, signal}: Asked): Promise<Rights> {
	const read = await readRights({cluster, signal});
	return {...read, grants: grantsOf(read.objects)};
}

/** RBAC is all that the cluster shows; the server may ask others too. */
export const otherAuthorizers: Unchecked = {
	what: 'authorizers beside RBAC',
	why: 'the server tells nobody which it has: Node, webhooks and those of a cloud may allow more',
};

export const placeText = (namespace: string | undefined) =>
	namespace === undefined ? 'in every namespace at once' : `in namespace ${namespace}`;

/** Long roles are told by their first rules. */
const mostRules = 12;

export function toldRules(rules: Grant['rules']): string[] {
	if (rules === undefined) return ['nothing: the role is not there, or may not be read'];
	const shown = rules.slice(0, mostRules).map(ruleText);
	return rules.length > mostRules ? [...shown, `and ${rules.length - mostRules} more rules`] : shown;
}

/** A grant as rows tell it. */
export const grantParts = ({role, binding, namespace}: Grant) => ({
	...{role: refText(role), binding: refText(binding)},
	...(namespace === undefined ? {} : {namespace}),
});
