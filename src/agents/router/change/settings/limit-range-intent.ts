import {isJsonObject} from '../../../../core/json.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Intent} from '../../understanding.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import type {Edit} from '../edit-targets.ts';
import {plainText} from '../plain-text.ts';
import {amountOf} from '../quantity-words.ts';
import {resourceChanges} from '../resources/resource-words.ts';
import {editCalled} from './edit-called.ts';

type Bound = 'default' | 'defaultRequest' | 'max' | 'min';

/** What a limit range says of a container, by the words for it. First match wins. */
const bounds: readonly (readonly [Bound, RegExp])[] = [
	['defaultRequest', /\bdefault ?requests?\b|\brequests?\b[^,;]*\bby default\b|기본 ?(?:\S+ )?요청|defaultrequest/],
	['max', /\bmax(?:imum)?\b|\bat most\b|\bceiling\b|\bupper\b|최대|상한/],
	['min', /\bmin(?:imum)?\b|\bat least\b|\bfloor\b|\blower\b|최소|하한/],
	['defaultRequest', /\brequests?\b|요청/],
	['default', /\bdefaults?\b|\blimits?\b|기본|제한/],
];

/** The items of the range that a clause means: of pods or claims where it says so. */
const typeIn = (text: string) =>
	/\bper pod\b|\bpods?\b|파드/.test(text) ? 'Pod' : /\bclaims?\b|\bpvcs?\b|클레임/.test(text) ? 'PersistentVolumeClaim' : 'Container';

function edited({clause}: Asking, range: KubeObject): Edit | Question {
	const text = plainText(clause).replace(range.metadata.name, ' ');
	const limits = listAt(range, 'spec', 'limits');
	const type = typeIn(text);
	const at = limits.length === 1 ? 0 : limits.findIndex(limit => textAt(limit, 'type') === type);
	const item = limits[at];
	let after = item;
	const told: string[] = [];
	for (const piece of text.split(/,|;|\band\b|하고 |고 /)) {
		const bound = bounds.find(([, words]) => words.test(piece))?.[0] ?? bounds.find(([, words]) => words.test(text))?.[0];
		for (const {measures, amount} of resourceChanges(piece)) {
			for (const measure of measures) {
				const value = bound === undefined || amount === 'remove' ? undefined : amountOf(textAt(item, bound, measure), amount);
				if (bound === undefined || value === undefined) continue;
				after = changeAt(after, [bound, measure], () => value);
				told.push(`${bound}.${measure} ${value}`);
			}
		}
	}
	if (isJsonObject(after) && told.length > 0)
		return {after: changeAt(range, ['spec', 'limits'], () => limits.with(at, after)), told: told.join(', ')};
	return question(
		clause,
		`Which bound of ${range.metadata.name} (default, default request, max or min), of CPU or memory, and how much?`,
		`${range.metadata.name}의 어느 값(기본 제한, 기본 요청, 최대, 최소)을 얼마로 할까요?`,
	);
}

/** Changes what a limit range gives containers, and what it allows them. */
export const limitRangeIntent: Intent = {
	name: 'limit range',
	understand: (clause, world, talk) => {
		const asking = {clause, world, talk};
		return editCalled(asking, 'LimitRange', range => edited(asking, range));
	},
};
