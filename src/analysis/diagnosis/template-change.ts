import type {Json} from '../../core/json.ts';
import {objectAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Case} from './case.ts';
import type {Remedy} from './cause.ts';
import {writtenText} from './changed-by.ts';
import {type Earlier, earlierRevisions, formerImages} from './earlier-revision.ts';
import {exchangesBetween} from './exchanges-between.ts';
import {fieldPath} from './field-path.ts';
import {type Exchange, exchange} from './patch-remedy.ts';

type Place = Exchange['path'];

/** What of a workload's pods is other than it was while they last ran. */
export type TemplateChange = {readonly earlier: Earlier; readonly exchanges: readonly Exchange[]};

/**
 * Against the newest earlier revision that still has ready pods, or else the one before; undefined where the controller keeps none.
 * @param fits which revisions can be meant at all
 */
export function changeOf(given: Case, fits: (earlier: Earlier) => boolean = () => true): TemplateChange | undefined {
	const {workload} = given;
	const revisions = earlierRevisions(given).filter(fits);
	const earlier = revisions.find(({ready}) => ready > 0) ?? revisions[0];
	if (workload === undefined || earlier === undefined) return undefined;
	const place = [...(templatePath(workload) ?? ['spec', 'template']), 'spec'];
	return {earlier, exchanges: exchangesBetween(objectAt(workload, ...place), objectAt(earlier.template, 'spec'), place)};
}

const isWithin = (path: Place, place: Place) => place.every((step, index) => path[index] === step);

/** The part of a change at a place, below it, or around it. */
export const changesAt = (change: TemplateChange | undefined, place: Place): readonly Exchange[] =>
	(change?.exchanges ?? []).filter(({path}) => isWithin(path, place) || isWithin(place, path));

const shown = (value: Json | undefined) =>
	value === undefined ? 'nothing' : shortLine(typeof value === 'string' ? value : JSON.stringify(value), 80);

/** `revision 3`, or of a CronJob the run that had it. */
const eraText = ({kind}: {readonly kind: string}, {revision, since}: Earlier) =>
	kind === 'CronJob' ? {en: `the run of ${since}`, ko: `${since}의 실행`} : {en: `revision ${revision}`, ko: `리비전 ${revision}`};

/**
 * The least that brings back what ran: the fields that changed, and nothing beside them.
 * @param sure whether the change is to blame beyond doubt
 */
export function backRemedy(
	given: Case,
	change: TemplateChange | undefined,
	exchanges = change?.exchanges ?? [],
	sure = true,
): readonly Remedy[] {
	const [first] = exchanges;
	const {workload} = given;
	if (workload === undefined || change === undefined || first === undefined) return [];
	const {earlier} = change;
	const images = formerImages(given, earlier).join(', ');
	const name = refText(refOf(workload));
	const field = fieldPath(workload, first.path);
	return [
		exchange(workload, exchanges, {
			side: 'workload',
			sure,
			text:
				exchanges.length === 1
					? {
							en: `Set ${field} of ${name} back to ${shown(first.to)}, as ${eraText(workload, earlier).en} had it`,
							ko: `${name}의 ${field}을(를) ${eraText(workload, earlier).ko}의 값 ${shown(first.to)}(으)로 되돌립니다`,
						}
					: {
							en: `Roll ${name} back to ${eraText(workload, earlier).en}${images === '' ? '' : ` (${images})`}`,
							ko: `${name}를 ${eraText(workload, earlier).ko}${images === '' ? '' : `(${images})`}으로 되돌립니다`,
						},
		}),
	];
}

/** A line of evidence for each field that changed. */
export const changeEvidence = ({workload}: Case, change: TemplateChange | undefined, exchanges: readonly Exchange[]) =>
	workload === undefined || change === undefined
		? []
		: exchanges.slice(0, 5).map(({path, from, to}) => ({
				source: refText(refOf(workload)),
				detail: [
					`${fieldPath(workload, path)} is ${shown(from)}, and was ${shown(to)} in ${eraText(workload, change.earlier).en}`,
					writtenText(workload, path),
				]
					.filter(Boolean)
					.join('; '),
			}));
