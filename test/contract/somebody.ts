import {at, post} from '../servers/questions.ts';
import {role, roleBinding} from './objects.ts';
import type {Reply} from './reply.ts';
import type {Asked, Room} from './room.ts';

/** A person of one room, without rights, whom admin acts for. */
type Somebody = {readonly name: string; readonly ask: (asked: Asked) => Promise<Reply>; readonly headers: Readonly<Record<string, string>>};

/** @param group one more group than all who are signed in have */
export function somebody({ask, namespace}: Room, group?: string): Somebody {
	const name = `ann@${namespace}`;
	const headers = {'impersonate-user': name, ...(group === undefined ? {} : {'impersonate-group': group})};
	return {name, headers, ask: asked => ask({...asked, headers: {...asked.headers, ...headers}})};
}

const reviews = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

/** Gives a person rights in the room, and waits until the server has heard of them. */
export async function grant({ask, path, eventually, namespace}: Room, {name, headers}: Somebody, rules: readonly object[]) {
	await ask(post(path('roles'), role('granted', rules)));
	await ask(post(path('rolebindings'), roleBinding('granted', 'granted', name)));
	const review = {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: {namespace}};
	const wanted = rules.map(rule => JSON.stringify(at(rule, 'resources')));
	await eventually({...post(reviews, review), headers}, ({body}) => {
		const known = JSON.stringify(at(body, 'status', 'resourceRules'));
		return wanted.every(resources => known.includes(resources));
	});
}
