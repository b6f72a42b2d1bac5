import type {Json} from '../../core/json.ts';
import {conditionsOf} from './read-conditions.ts';
import {isPath, valuesAt} from './rule-path.ts';

/**
 * Whether a test of a rule holds for an object: terms joined by ` & `, each of them turned round by a `!` in front.
 * - `Ready` there is such a condition; `Ready=False|Unknown` it has one of these states; `Ready=False(Creating|Deleting)` and one of these reasons
 * - `status.phase` there is something at the path; `status.phase=Failed|Error` it is one of these; `status.ready<status.wanted` it is less than the number there
 */
export const holds = (test: string, object: Json): boolean =>
	test === '' || test.split(' & ').every(term => (term.startsWith('!') ? !termHolds(term.slice(1), object) : termHolds(term, object)));

function termHolds(term: string, object: Json): boolean {
	if (!isPath(term)) return conditionHolds(term, object);
	const [path = '', sign, wanted = ''] = term.split(/(?<!\[[^\]]*)([<=])/);
	const found = valuesAt(object, path);
	if (sign === '=') return found.some(value => wanted.split('|').includes(String(value)));
	if (sign === '<') return Number(found[0] ?? 0) < Number(valuesAt(object, wanted)[0] ?? 0);
	return found.length > 0;
}

function conditionHolds(term: string, object: Json): boolean {
	const [, type, states, reasons] = /^([^=(]+)(?:=([^(]*))?(?:\((.*)\))?$/.exec(term) ?? [];
	return conditionsOf(object).some(
		condition =>
			condition.type === type &&
			(states === undefined || states.split('|').includes(condition.status)) &&
			(reasons === undefined || reasons.split('|').includes(condition.reason)),
	);
}
