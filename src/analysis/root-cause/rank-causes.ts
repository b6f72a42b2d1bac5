import {refKey} from '../../core/kube/kube-object.ts';
import {changeSuspects} from './change-suspects.ts';
import {faultSuspects} from './fault-suspects.ts';
import type {Setting} from './setting.ts';
import type {Suspect} from './suspect.ts';

/** A grave fault of an object already tells of its change: the two are one suspect. */
const tellsItself = 0.6;

/** Whatever may be why, what the grounds carry farthest first. Competing causes stay apart. */
export function rankCauses(setting: Setting): readonly Suspect[] {
	const faults = faultSuspects(setting);
	const told = new Set(faults.filter(({weight}) => weight >= tellsItself).map(({resource}) => refKey(resource)));
	const changes = changeSuspects(setting).filter(({resource}) => !told.has(refKey(resource)));
	return [...faults, ...changes].toSorted((a, b) => b.weight - a.weight);
}
