import {listAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {probes} from '../../../diagnosis/probe-port.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** Where a container names a program with its arguments. */
const places: readonly (readonly string[])[] = [
	['command'],
	...probes.map(probe => [probe, 'exec', 'command']),
	...['preStop', 'postStart'].map(hook => ['lifecycle', hook, 'exec', 'command']),
];

/** A program and something for it, in one text: `/app/web --listen=:8080`. */
const isLine = (text: string) => /^[\w./-]+[ \t]+\S/.test(text.trim());
/** What only a shell understands. */
const isForShell = (text: string) => /[|&;<>$`"'\\*?()\n]/.test(text);

function inOneWord(
	{workload, pods, given, change, fresh, gravity, isWell}: Subject,
	{name, container, place}: PlacedContainer,
): readonly Cause[] {
	return places.flatMap((at): readonly Cause[] => {
		const words = listAt(container, ...at);
		const [first] = words;
		const path = [...place, ...at];
		if (typeof first !== 'string' || !isLine(first)) return [];
		// Pods that have been ready with it for days show that there is such a file.
		if (isWell && pods.length > 0 && fresh(path).length === 0) return [];
		const changed = changesAt(change(), path);
		const who = refText(refOf(workload));
		const to = isForShell(first)
			? ['sh', '-c', [first, ...words.slice(1)].join(' ')]
			: [...first.trim().split(/[ \t]+/), ...words.slice(1)];
		return [
			{
				id: 'command-in-one-word',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: at.includes('preStop') ? 'medium' : gravity('high'),
				isLasting: true,
				cause: {
					en: `${at[0] === 'command' ? 'Container' : `The ${at.at(at[0] === 'lifecycle' ? 1 : 0)} of container`} ${name} of ${who} is to run a program called ${JSON.stringify(first)}, arguments and all: no shell takes it apart`,
					ko: `${who}의 컨테이너 ${name}가 ${JSON.stringify(first)} 전체를 프로그램 이름으로 실행하려 합니다: 셸이 나누어 주지 않습니다`,
				},
				evidence: [
					{source: who, detail: `${fieldPath(workload, path)}[0] ${JSON.stringify(first)}`},
					...changeEvidence(given(), change(), changed),
				],
				remedies:
					changed.length > 0
						? backRemedy(given(), change(), changed)
						: [
								exchange(workload, [{path, from: [...words], to}], {
									side: 'workload',
									sure: !isForShell(first),
									text: {en: `Give ${who} the command in words`, ko: `${who}의 명령을 단어별로 나눕니다`},
								}),
							],
			},
		];
	});
}

/** Commands that are written as a line for a shell, which nobody runs. @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/ */
export const commandWords = (subject: Subject): readonly Cause[] => subject.containers.flatMap(placed => inOneWord(subject, placed));
