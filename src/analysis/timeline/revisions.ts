import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {cutText} from '../../core/text/text-width.ts';
import type {Survey} from '../detection/survey.ts';
import {revisionOf, templateOf} from '../diagnosis/earlier-revision.ts';
import {exchangesBetween} from '../diagnosis/exchanges-between.ts';
import {fieldPath} from '../diagnosis/field-path.ts';
import type {Happening} from './happening.ts';

const valueText = (value: Json | undefined) =>
	value === undefined ? 'nothing' : Array.isArray(value) || isJsonObject(value) ? undefined : cutText(oneLine(String(value)), 60);

/** `containers[web].image: web:1 → web:2`; of lists and maps only that they changed. */
function templateChanges(before: Json, after: Json): readonly string[] {
	return exchangesBetween(before, after, []).map(({path, from, to}) => {
		const place = fieldPath(after, path).replace(/^spec\./, '');
		const [was, is] = [valueText(from), valueText(to)];
		return was === undefined || is === undefined ? `${place} changed` : `${place}: ${was} → ${is}`;
	});
}

/** When a revision was taken up: a ReplicaSet that is taken up again keeps its age, and its number is written anew. */
function takenUpAt(revision: KubeObject, before: KubeObject): string {
	const {creationTimestamp = ''} = revision.metadata;
	if (creationTimestamp >= (before.metadata.creationTimestamp ?? '')) return creationTimestamp;
	const writes = listAt(revision, 'metadata', 'managedFields')
		.filter(each => textAt(each, 'subresource') === undefined)
		.flatMap(each => textAt(each, 'time') ?? []);
	return writes.toSorted().at(-1) ?? creationTimestamp;
}

/** Revisions of a workload's pod template, each with what changed since the one before. */
export function revisionsOf(workload: KubeObject, survey: Survey): readonly Happening[] {
	const {namespace} = workload.metadata;
	const kept = [...survey.all('ReplicaSet', namespace), ...survey.all('ControllerRevision', namespace)]
		.filter(({metadata}) => metadata.ownerReferences?.some(({kind, name}) => kind === workload.kind && name === workload.metadata.name))
		.toSorted((a, b) => revisionOf(a) - revisionOf(b));
	return kept.slice(1).flatMap((revision, index): readonly Happening[] => {
		const before = kept[index];
		if (before === undefined) return [];
		const changes = templateChanges(templateOf(before), templateOf(revision));
		const text = `rolled out as revision ${revisionOf(revision)}: ${changes.length === 0 ? 'the same template as before' : someOf(changes, 4)}`;
		return [{at: takenUpAt(revision, before), ref: refOf(workload), source: 'revision', text, count: 1, isBad: false}];
	});
}
