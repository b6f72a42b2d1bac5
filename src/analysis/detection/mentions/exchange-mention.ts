import type {JsonObject} from '../../../core/json.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import type {Write} from '../../../core/plan.ts';
import type {Remedy} from '../../diagnosis/cause.ts';
import {exchange} from '../../diagnosis/patch-remedy.ts';
import type {Mention} from './mentions.ts';

/** `srv` is the name of a port, for names of the SRV kind. */
type Meant = {readonly host?: string; readonly port?: number; readonly srv?: string};

/** The text of a mention with another host, port or name of a port in its place. */
function exchanged({text, at, host, port, isImplied}: Mention, meant: Meant): string {
	const [own, after] = [text.slice(0, at), text.slice(at + host.length)];
	const before = meant.srv === undefined ? own : own.replace(/_[\w-]+(?=\._[a-z]+\.$)/i, `_${meant.srv}`);
	const said = isImplied === true || port === undefined ? '' : `:${port}`;
	const dot = after.startsWith('.') ? '.' : '';
	const rest = after.slice(dot.length + said.length);
	const next = meant.port === undefined ? said : `:${meant.port}`;
	return `${before}${meant.host ?? host}${dot}${next}${rest}`;
}

/** Pods read variables when they start: what stands in a ConfigMap reaches them once they are made anew. */
function settingsRemedy(mention: Mention, to: string, rest: Pick<Remedy, 'text' | 'sure'>): Remedy {
	const {holder, place, text, workload} = mention;
	const {tool: _, ...patched} = exchange(holder, [{path: place, from: text, to}], {...rest, side: 'settings'});
	const path = [...(templatePath(workload) ?? []), 'metadata', 'annotations'];
	const annotation: JsonObject = {
		'mkcoa.io/settings': `${holder.metadata.name} ${holder.metadata.resourceVersion ?? ''}`.trim().replaceAll(' ', '.'),
	};
	const patch = path.toReversed().reduce<JsonObject>((inner, step) => ({[step]: inner}), annotation);
	const writes: readonly Write[] = [
		{op: 'patch', ref: refOf(holder), type: 'merge', patch: {data: {[String(place.at(-1))]: to}}},
		{op: 'patch', ref: refOf(workload), type: 'merge', patch},
	];
	return {...patched, tool: 'auto_recovery', input: {}, writes};
}

/** Makes a workload be told another host or port, where it is told of it. */
export function exchangeMention(mention: Mention, meant: Meant, sure: boolean): Remedy {
	const {holder, place, text, path, workload} = mention;
	const to = exchanged(mention, meant);
	const [name, who] = [refText(refOf(holder)), refText(refOf(workload))];
	const said = [meant.srv, meant.host, meant.port].filter(each => each !== undefined).join(':');
	if (holder !== workload)
		return settingsRemedy(mention, to, {
			sure,
			text: {
				en: `Name ${said} in ${path} of ${name}, and restart ${who}`,
				ko: `${name}의 ${path}에 ${said}을(를) 쓰고 ${who}를 재시작합니다`,
			},
		});
	return exchange(holder, [{path: place, from: text, to}], {
		side: 'workload',
		sure,
		text: {en: `Make ${name} ask ${said} (${path})`, ko: `${name}가 ${said}을(를) 부르게 합니다 (${path})`},
	});
}
