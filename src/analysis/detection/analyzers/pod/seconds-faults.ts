import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** What a kubelet takes where the field is not there. */
const usual: {readonly [field: string]: number} = {
	periodSeconds: 10,
	timeoutSeconds: 1,
	tolerationSeconds: 300,
};

const graceField = 'terminationGracePeriodSeconds';

/** These are told as what they do, whatever was meant: a probe that asks late, and pods that end slowly. */
const isToldElsewhere = (path: Exchange['path']) =>
	path.some(step => step === 'readinessProbe' || step === 'startupProbe') ||
	(path.at(-1) === graceField && !path.includes('livenessProbe'));

/** A change of a time that made it a thousand times what it was. */
function isThousandfold({path, from, to}: Exchange): boolean {
	const field = String(path.at(-1));
	const before = to === undefined ? usual[field] : to;
	return /Seconds$|^seconds$/.test(field) && typeof before === 'number' && before > 0 && from === before * 1000 && !isToldElsewhere(path);
}

/** How long the programs of a pod say that they take to end, in seconds: `SHUTDOWN_TIMEOUT_MS=45000`, `GRACE_PERIOD=45s`, `--shutdown-timeout=30s`. */
function toldSeconds({containers}: Subject): number | undefined {
	const pairs = containers.flatMap(({container}) => [
		...listAt(container, 'env').map(each => [textAt(each, 'name') ?? '', textAt(each, 'value') ?? '']),
		...[...listAt(container, 'command'), ...listAt(container, 'args')].map(word => String(word).split('=')),
	]);
	const told = pairs.flatMap(([name = '', value = '']) => {
		const [, digits, unit = ''] = /^(\d+)(ms|s|m)?$/.exec(value.trim()) ?? [];
		if (digits === undefined || !/(?:shut.?down|terminat|grace|drain|stop).*(?:time|period|seconds|secs|millis|_ms|wait|delay)/i.test(name))
			return [];
		const isMillis = unit === 'ms' || (unit === '' && /(?:_ms|millis|-ms)/i.test(name));
		return [isMillis ? Number(digits) / 1000 : Number(digits) * (unit === 'm' ? 60 : 1)];
	});
	return told.length === 0 ? undefined : Math.max(...told);
}

/** More than this nobody waits for what ends in seconds. */
const leastLong = 3600;

/** A time to end that is a hundred times what the programs of the pods themselves say they need. */
function longGrace(subject: Subject): readonly Exchange[] {
	const grace = numberAt(subject.podSpec, graceField) ?? 0;
	const path = [...podSpecPlace(subject.workload), graceField];
	const told = toldSeconds(subject);
	if (told === undefined || told === 0 || grace < leastLong || grace < told * 100 || grace % 1000 !== 0) return [];
	// What came with the last change is told as that.
	if (subject.fresh(path).length > 0) return [];
	const meant = Math.max(grace / 1000, Math.ceil(told));
	return [{path, from: grace, to: meant}];
}

function causeOf(subject: Subject, {path, from, to}: Exchange): Cause {
	const {workload, given, change} = subject;
	const [name, field] = [refText(refOf(workload)), fieldPath(workload, path)];
	const seconds = typeof from === 'number' ? from : 0;
	const changed = changesAt(change(), path);
	return {
		id: 'seconds-in-milliseconds',
		resource: refOf(workload),
		path: field,
		cause: {
			en: `${field} of ${name} is ${seconds} s, which is ${age(seconds * 1000)}: the field counts seconds, and milliseconds were meant`,
			ko: `${name}의 ${field} 값 ${seconds}초는 ${age(seconds * 1000)}입니다: 초 단위 필드에 밀리초를 쓴 값으로 보입니다`,
		},
		evidence: [{source: name, detail: `${field} ${seconds}`}, ...changeEvidence(given(), change(), changed)],
		remedies:
			changed.length > 0
				? backRemedy(given(), change(), changed)
				: [
						exchange(workload, [{path, from, to}], {
							side: 'workload',
							sure: false,
							amount: String(to),
							text: {en: `Set ${field} of ${name} to ${String(to)} s`, ko: `${name}의 ${field}을(를) ${String(to)}초로 바꿉니다`},
						}),
					],
	};
}

/** Times that count seconds and were written in milliseconds: what they were a thousandth of before, or what the program itself says. */
export function secondsFaults(subject: Subject): readonly Cause[] {
	const grown = subject.fresh(podSpecPlace(subject.workload)).filter(isThousandfold);
	return [...grown, ...longGrace(subject)].map(each => causeOf(subject, each));
}
