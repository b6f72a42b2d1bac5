import {MkcoaError} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, textsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Exposure} from './exposure.ts';

/**
 * The Ingress that sends a host and path to a Service: a new one, or the live one with a path more or another backend.
 * @param className undefined where a default class stands in
 * @throws `route-of-others` where the live one is of another class
 */
export function ingressFor(exposure: Exposure, className: string | undefined, live: KubeObject | undefined): KubeObject {
	const {namespace, name, host, tls} = exposure;
	const spec = live === undefined ? {} : objectAt(live, 'spec');
	const liveClass = wordAt(spec, 'ingressClassName');
	if (live !== undefined && className !== undefined && liveClass !== '' && liveClass !== className)
		throw new MkcoaError({
			kind: 'usage',
			code: 'route-of-others',
			what: `${refText(refOf(live))} is there already, and cannot take this path`,
			why: `it is of the class ${liveClass}`,
			next: `Make another one with --route, such as --route ${name}-2`,
		});
	const secured = tls === undefined ? undefined : withTls(objectsAt(spec, 'tls'), tls, host);
	return {
		...(live ?? {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name, namespace}}),
		spec: {
			...spec,
			...(live === undefined && className !== undefined ? {ingressClassName: className} : {}),
			...(secured === undefined ? {} : {tls: secured}),
			rules: withPath(objectsAt(spec, 'rules'), exposure),
		},
	};
}

function withPath(rules: readonly JsonObject[], {host, path, exact, service, port}: Exposure): readonly JsonObject[] {
	const pathType = exact ? 'Exact' : 'Prefix';
	const wanted = {path, pathType, backend: {service: {name: service, port: {number: port}}}};
	const index = rules.findIndex(rule => wordAt(rule, 'host') === (host ?? ''));
	const rule = rules[index];
	if (rule === undefined) return [...rules, {...(host === undefined ? {} : {host}), http: {paths: [wanted]}}];
	const paths = objectsAt(rule, 'http', 'paths');
	const at = paths.findIndex(each => each.path === path && each.pathType === pathType);
	const changed = at < 0 ? [...paths, wanted] : paths.with(at, {...paths[at], ...wanted});
	return rules.with(index, {...rule, http: {...objectAt(rule, 'http'), paths: changed}});
}

function withTls(all: readonly JsonObject[], secretName: string, host: string | undefined): readonly JsonObject[] {
	const isThere = all.some(each => each.secretName === secretName && (host === undefined || textsAt(each, 'hosts').includes(host)));
	return isThere ? all : [...all, {...(host === undefined ? {} : {hosts: [host]}), secretName}];
}
