import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import type {Happening} from './happening.ts';

/** Controllers of Kubernetes itself: what they note is told by conditions and events. */
const own = /^(?:kube-controller-manager|kube-scheduler|kubelet|kube-apiserver|cloud-controller-manager|k3s|node-problem-detector)$/;

/** More fields than this are counted: a manager claims all that it ever wrote, and not what it wrote last. */
const mostFields = 3;

/** `k:{"name":"web"}` → `[web]`, `v:"x"` → `[x]`, `f:spec` → `.spec`. */
function stepText(key: string): string {
	if (key.startsWith('f:')) return `.${key.slice(2)}`;
	const text = key.slice(2);
	const name = /"name":"([^"]+)"/.exec(text)?.[1];
	return `[${name ?? text.replaceAll(/[{}"]/g, '')}]`;
}

/** Every field that is claimed, as a path; a list item that is claimed as a whole is one. */
function leaves(fields: Json | undefined, path: string): readonly string[] {
	const below = Object.entries(isJsonObject(fields) ? fields : {}).filter(([key]) => key !== '.');
	return below.length === 0 ? [path] : below.flatMap(([key, inner]) => leaves(inner, `${path}${stepText(key)}`));
}

/** Who wrote to an object and when, by its managed fields; who made it and when it was told to go. */
export function writtenFields(object: KubeObject): readonly Happening[] {
	const {creationTimestamp = '', deletionTimestamp} = object.metadata;
	const ref = refOf(object);
	const entries = listAt(object, 'metadata', 'managedFields')
		.filter(each => textAt(each, 'subresource') === undefined)
		.map(each => ({manager: textAt(each, 'manager') ?? '', at: textAt(each, 'time') ?? '', fields: objectAt(each, 'fieldsV1')}));
	const maker = entries.find(({at}) => at === creationTimestamp)?.manager ?? '';
	const said = (at: string, text: string, source: Happening['source'] = 'life'): Happening => ({
		at,
		ref,
		source,
		text,
		count: 1,
		isBad: false,
	});
	return [
		...(creationTimestamp === '' ? [] : [said(creationTimestamp, maker === '' || own.test(maker) ? 'made' : `made by ${maker}`)]),
		...entries
			.filter(({manager, at}) => at !== '' && at !== creationTimestamp && !own.test(manager))
			.map(({manager, at, fields}) => {
				const claimed = leaves(fields, '').map(path => path.replace(/^\./, ''));
				const what = claimed.length > mostFields ? `one or more of the ${claimed.length} fields that it keeps` : someOf(claimed);
				return said(at, `${manager} wrote ${what}`, 'write');
			}),
		...(deletionTimestamp === undefined ? [] : [{...said(deletionTimestamp, 'told to go'), isBad: true}]),
	];
}
