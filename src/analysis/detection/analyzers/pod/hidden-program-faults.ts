import type {Json} from '../../../../core/json.ts';
import {containerPath} from '../../../../core/kube/container-path.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';
import {volumeFiles} from '../volume-files.ts';

const nameOf = (item: Json) => textAt(item, 'name') ?? '';

/** Programs that run the file that they are told first. */
const interpreters = /^(?:ba|da|z|k)?sh$|^(?:python|node|ruby|perl|php|deno|bun|java|tini|dumb-init)[\d.]*$/;
const isScript = (text: string) => /\.(?:sh|py|js|mjs|cjs|ts|rb|pl|php|jar|pyz)$/.test(text);

/** The files of its image that a container is to run: its program, and what an interpreter is told to run. */
function programsOf(container: Json): readonly string[] {
	const words = [...listAt(container, 'command'), ...listAt(container, 'args')].map(String);
	const [program = ''] = listAt(container, 'command').map(String);
	const script = interpreters.test(program.slice(program.lastIndexOf('/') + 1)) ? words.slice(1).find(isScript) : undefined;
	const root = textAt(container, 'workingDir') ?? '';
	return [program, script ?? '']
		.filter(each => each.includes('/') && !/\s|\$\(/.test(each))
		.map(each => (each.startsWith('/') || root === '' ? each : `${root}/${each}`))
		.filter(each => each.startsWith('/'))
		.map(containerPath);
}

const isBelow = (file: string, directory: string) => file.startsWith(directory === '/' ? '/' : `${directory}/`);

/** Whether a volume begins with nothing in it, and no other container of the pod can bring something. */
function isEmpty(volume: Json, {containers}: Subject, own: PlacedContainer): boolean {
	const isShared = containers.some(
		({container, name}) => name !== own.name && listAt(container, 'volumeMounts').some(mount => nameOf(mount) === nameOf(volume)),
	);
	return valueAt(volume, 'emptyDir') !== undefined && !isShared;
}

/** Whether a mount takes a file of the image out of sight, and what lies there instead for sure is not it. */
function hides(mount: Json, file: string, subject: Subject, own: PlacedContainer): boolean {
	const directory = containerPath(textAt(mount, 'mountPath') ?? '');
	const volume = listAt(subject.podSpec, 'volumes').find(each => nameOf(each) === nameOf(mount));
	if (volume === undefined || !isBelow(file, directory)) return false;
	if (isEmpty(volume, subject, own)) return true;
	const isPart = textAt(mount, 'subPath') !== undefined || textAt(mount, 'subPathExpr') !== undefined;
	const files = isPart ? undefined : volumeFiles(volume, subject)?.names;
	return files !== undefined && !files.includes(file.slice(directory === '/' ? 1 : directory.length + 1));
}

/** Whether another mount, nearer to the file, brings it back. */
const isBrought = (mounts: readonly Json[], mount: Json, file: string) =>
	mounts.some(each => {
		const path = containerPath(textAt(each, 'mountPath') ?? '');
		return each !== mount && (path === file || isBelow(file, path)) && path.length > (textAt(mount, 'mountPath') ?? '').length;
	});

/** The program of a container that a mount of it hides. */
export const programBelow = (mount: Json, subject: Subject, own: PlacedContainer): string | undefined =>
	programsOf(own.container).find(
		each => hides(mount, each, subject, own) && !isBrought(listAt(own.container, 'volumeMounts'), mount, each),
	);

function hidden(subject: Subject, own: PlacedContainer): readonly Cause[] {
	const {workload, pods, given, change, fresh, gravity, isWell} = subject;
	const {name, container, place} = own;
	const mounts = listAt(container, 'volumeMounts');
	const all = [...place, 'volumeMounts'];
	// Pods that have been ready with it for days show that something brings the program.
	const isProven = isWell && pods.length > 0 && [all, [...place, 'command']].every(each => fresh(each).length === 0);
	if (isProven) return [];
	return mounts.flatMap((mount, index): readonly Cause[] => {
		const file = programBelow(mount, subject, own);
		if (file === undefined) return [];
		const changed = changesAt(change(), [...all, index]);
		const at = textAt(mount, 'mountPath') ?? '';
		const who = refText(refOf(workload));
		const path = changed[0]?.path ?? [...all, index, 'mountPath'];
		return [
			{
				id: 'program-hidden-by-volume',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('high'),
				isLasting: true,
				cause: {
					en: `Volume ${nameOf(mount)} is mounted at ${at} of container ${name} of ${who} and hides what its image has there, with it ${file}, which it is to run`,
					ko: `${who}의 컨테이너 ${name}에서 볼륨 ${nameOf(mount)}이(가) ${at}에 마운트되어 실행할 파일 ${file}을(를) 가립니다`,
				},
				evidence: [
					{source: who, detail: `${fieldPath(workload, [...all, index])} at ${at}, and the container runs ${file}`},
					...changeEvidence(given(), change(), changed),
				],
				remedies: backRemedy(given(), change(), changed),
			},
		];
	});
}

/** Programs of images that a volume hides from the container that is to run them: what is mounted covers all that the image has below. */
export const hiddenProgramFaults = (subject: Subject): readonly Cause[] => subject.containers.flatMap(placed => hidden(subject, placed));
