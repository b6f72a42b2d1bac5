import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {decodeObject} from '../decode/body.ts';
import {trackUpdate} from '../fields/track.ts';
import type {User} from './authenticate.ts';
import {type Action, allowedBecause, rulesFor} from './authorize.ts';
import {checkReview} from './check-review.ts';

type Asked = {
	readonly user: User;
	readonly namespace: string | undefined;
	/** Who owns the fields of the question. */
	readonly manager: string;
};

/** Answers the kinds that ask about rights and are never stored. Undefined for any other kind. */
export function answerReview(cluster: Cluster, {user, namespace, manager}: Asked, body: JsonObject): JsonObject | undefined {
	const {managedFields} = trackUpdate(cluster, {before: undefined, after: decodeObject(body), manager, subresource: ''}).metadata;
	const question = {...body, metadata: managedFields === undefined ? {} : {managedFields}};
	checkReview(body, namespace);
	switch (body.kind) {
		case 'SelfSubjectAccessReview':
			return reviewed(cluster, user, question);
		case 'SubjectAccessReview':
		case 'LocalSubjectAccessReview':
			return reviewed(cluster, subject(body), question, namespace);
		case 'SelfSubjectRulesReview':
			return {...body, metadata: {}, spec: {}, status: rulesStatus(cluster, user, textAt(body, 'spec', 'namespace'))};
		case 'SelfSubjectReview':
			return {
				...body,
				metadata: {creationTimestamp: timestamp(cluster)},
				status: {userInfo: userInfo(user)},
			};
		default:
			return undefined;
	}
}

const userInfo = ({name, uid, groups, extra}: User): JsonObject => ({
	username: name,
	...(uid === undefined ? {} : {uid}),
	groups,
	...(extra ? {extra} : {}),
});

const subject = (body: JsonObject): User => ({
	name: textAt(body, 'spec', 'user') ?? '',
	groups: listAt(body, 'spec', 'groups').filter(group => typeof group === 'string'),
});

function reviewed(cluster: Cluster, user: User, body: JsonObject, namespace?: string): JsonObject {
	const because = allowedBecause(cluster, user, actionOf(objectAt(body, 'spec'), namespace));
	return {...body, status: because === undefined ? {allowed: false} : {allowed: true, ...(because === '' ? {} : {reason: because})}};
}

function actionOf(spec: JsonObject, namespace: string | undefined): Action {
	const asked = objectAt(spec, 'resourceAttributes');
	if (spec.resourceAttributes === undefined) {
		const path = objectAt(spec, 'nonResourceAttributes');
		return {verb: textAt(path, 'verb') ?? '', path: textAt(path, 'path') ?? ''};
	}
	const subresource = textAt(asked, 'subresource') ?? '';
	const name = textAt(asked, 'name') ?? '';
	const where = textAt(asked, 'namespace') || namespace;
	return {
		verb: textAt(asked, 'verb') ?? '',
		group: textAt(asked, 'group') ?? '',
		resource: `${textAt(asked, 'resource') ?? ''}${subresource === '' ? '' : `/${subresource}`}`,
		...(where === undefined ? {} : {namespace: where}),
		...(name === '' ? {} : {name}),
	};
}

function rulesStatus(cluster: Cluster, user: User, namespace: string | undefined): JsonObject {
	const rules = rulesFor(cluster, user, namespace).map(({rule}) => rule);
	const isPathRule = (rule: Json) => valueAt(rule, 'nonResourceURLs') !== undefined;
	const picked = (rule: Json, keys: readonly string[]): JsonObject =>
		Object.fromEntries(keys.map(key => [key, valueAt(rule, key)] as const).filter(([, value]) => value !== undefined));
	return {
		resourceRules: rules.filter(rule => !isPathRule(rule)).map(rule => picked(rule, ['verbs', 'apiGroups', 'resources', 'resourceNames'])),
		nonResourceRules: rules.filter(isPathRule).map(rule => picked(rule, ['verbs', 'nonResourceURLs'])),
		incomplete: false,
	};
}
