import type {Json} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import type {Request} from './access-rule.ts';

const words = (rule: Json, field: string) => listAt(rule, field).join(', ');

/** `get, list on pods, services`, `get on secrets named db`, `get on /metrics`. */
export function ruleText(rule: Json): string {
	const [verbs, urls, names] = [words(rule, 'verbs'), words(rule, 'nonResourceURLs'), words(rule, 'resourceNames')];
	return urls === '' ? `${verbs} on ${words(rule, 'resources')}${names === '' ? '' : ` named ${names}`}` : `${verbs} on ${urls}`;
}

/** `patch deployments.apps/scale web`, `get /metrics`. */
export function requestText(request: Request): string {
	if ('url' in request) return `${request.verb} ${request.url}`;
	const {verb, group, resource, name} = request;
	const [whole = '', ...part] = resource.split('/');
	return [
		verb,
		[group === '' || (whole === '*' && group === '*') ? whole : `${whole}.${group}`, ...part].join('/'),
		...(name === undefined ? [] : [name]),
	].join(' ');
}
