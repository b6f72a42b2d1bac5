import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {isChangedLately} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {fileSources, filesIn} from '../volume-files.ts';

/** A file that a container is told of, by an argument or a variable that holds nothing else. */
type Told = {readonly file: string; readonly text: string; readonly place: Exchange['path']};

/** `--config=/etc/app/app.yaml`, `file:///etc/app/app.yaml`, and a plain path; of what has no extension nobody knows that it is a file. */
const plain = /^(?:-*[\w.-]+=)?(?:file:\/\/|@)?(?<file>\/[\w./@+-]*\/[\w@+-][\w.@+-]*\.(?!d$)[a-z][a-z0-9]{0,9})$/i;

/** What is to be run is told as what a volume hides. */
const isProgram = (file: string) => /\.(?:sh|py|js|mjs|cjs|ts|rb|pl|php|jar|pyz)$/.test(file);

function toldTo({container, place}: PlacedContainer): readonly Told[] {
	const texts = [
		...['command', 'args'].flatMap(list => listAt(container, list).map((text, index) => ({text, place: [...place, list, index]}))),
		...listAt(container, 'env').map((each, index) => ({text: valueAt(each, 'value'), place: [...place, 'env', index, 'value']})),
	];
	return texts.flatMap(({text, place}): readonly Told[] => {
		const file = typeof text === 'string' ? plain.exec(text)?.groups?.file : undefined;
		return typeof text !== 'string' || file === undefined || isProgram(file) ? [] : [{file, text, place}];
	});
}

/** The volume that a file comes from: its name, the path in it, and all the files that it has. */
type Origin = {readonly volume: Json; readonly path: string; readonly files: readonly string[]; readonly index: number};

/** Undefined where no volume is mounted there, or where nobody knows its files. */
function originOf(file: string, container: Json, podSpec: Json, subject: Subject): Origin | undefined {
	const around = listAt(container, 'volumeMounts').flatMap((mount, index) => {
		const root = (textAt(mount, 'mountPath') ?? '').replace(/\/$/, '');
		return file === root || file.startsWith(`${root}/`) ? [{mount, root, index}] : [];
	});
	const [nearest] = around.toSorted((a, b) => b.root.length - a.root.length);
	const volume = listAt(podSpec, 'volumes').find(each => textAt(each, 'name') === textAt(nearest?.mount, 'name'));
	const isPart =
		nearest === undefined || file === nearest.root || ['subPath', 'subPathExpr'].some(each => textAt(nearest.mount, each) !== undefined);
	const files = isPart || volume === undefined ? undefined : filesIn(volume, subject);
	return isPart || volume === undefined || files === undefined
		? undefined
		: {volume, files, path: file.slice(nearest.root.length + 1), index: nearest.index};
}

/** ConfigMaps and Secrets that are behind a volume. */
const holdersOf = (volume: Json, {survey, workload}: Subject): readonly KubeObject[] =>
	[volume, ...listAt(volume, 'projected', 'sources')].flatMap(source =>
		fileSources.flatMap(({field, kind}) => {
			const name = textAt(source, field, 'name') ?? textAt(source, field, 'secretName') ?? '';
			return survey.find(kind, workload.metadata.namespace, name) ?? [];
		}),
	);

/** What a release changed between the text and the file, where the file was there before it; empty where nothing was. */
function changedSince({file, place: at}: Told, {place, name}: PlacedContainer, origin: Origin, subject: Subject): readonly Exchange[] {
	const {change, workload} = subject;
	const earlier = valueAt(change()?.earlier.template, 'spec') ?? {};
	const former = listAt(earlier, String(place.at(-2))).find(each => textAt(each, 'name') === name);
	if (former === undefined) return [];
	const before = originOf(file, former, earlier, subject);
	const wasThere = before?.files.includes(before.path) === true;
	const index = listAt(subject.podSpec, 'volumes').indexOf(origin.volume);
	return wasThere
		? [
				[...place, 'volumeMounts', origin.index],
				[...podSpecPlace(workload), 'volumes', index],
			].flatMap(each => changesAt(change(), each))
		: changesAt(change(), at).filter(({to}) => {
				const text = typeof to === 'string' ? plain.exec(to)?.groups?.file : undefined;
				const led = text === undefined ? undefined : originOf(text, former, earlier, subject);
				return led?.files.includes(led.path) === true;
			});
}

function remediesOf(told: Told, {path, files}: Origin, changed: readonly Exchange[], subject: Subject): readonly Remedy[] {
	const {workload, given, change} = subject;
	if (changed.length > 0) return backRemedy(given(), change(), changed);
	const meant = meantName(path, files);
	if (meant === undefined || workload.kind === 'Pod') return [];
	const to = told.text.slice(0, told.text.length - path.length) + meant;
	return [
		exchange(workload, [{path: told.place, from: told.text, to}], {
			side: 'workload',
			sure: true,
			text: {en: `Tell ${refText(refOf(workload))} of ${to}`, ko: `${refText(refOf(workload))}에 ${to}을(를) 알려 줍니다`},
		}),
	];
}

function missing(subject: Subject, placed: PlacedContainer): readonly Cause[] {
	const {survey, workload, podSpec, given, change, fresh, gravity, isWell} = subject;
	return toldTo(placed).flatMap((told): readonly Cause[] => {
		const origin = originOf(told.file, placed.container, podSpec, subject);
		if (origin === undefined || origin.files.some(file => file === origin.path || file.startsWith(`${origin.path}/`))) return [];
		const holders = holdersOf(origin.volume, subject);
		const isNew =
			fresh(placed.place).length > 0 ||
			fresh([...podSpecPlace(workload), 'volumes']).length > 0 ||
			holders.some(each => isChangedLately(each, survey.nowMs));
		// Whoever has run with it for days does without the file.
		if (isWell && !isNew) return [];
		const changed = changedSince(told, placed, origin, subject);
		const [who, what] = [
			refText(refOf(workload)),
			someOf(holders.map(each => refText(refOf(each)))) || `volume ${textAt(origin.volume, 'name')}`,
		];
		const path = fieldPath(workload, changed[0]?.path ?? told.place);
		return [
			{
				id: 'told-file-not-there',
				resource: refOf(workload),
				path,
				severity: gravity('medium'),
				hurts: holders.map(refOf),
				cause: {
					en: `Container ${placed.name} of ${who} is told of ${told.file}, and what is mounted there from ${what} has no ${origin.path}: there is ${someOf(origin.files, 5) || 'no file'}`,
					ko: `${who}의 컨테이너 ${placed.name}에 알려 준 ${told.file}이(가) 없습니다: 그곳에 마운트된 ${what}에는 ${someOf(origin.files, 5) || '파일이 없습니다'}`,
				},
				evidence: [
					{source: who, detail: `${fieldPath(workload, told.place)} ${told.text}`},
					{source: what, detail: `files ${someOf(origin.files, 8) || 'none'}`},
					...changeEvidence(given(), change(), changed),
				],
				remedies: remediesOf(told, origin, changed, subject),
			},
		];
	});
}

/** Files that containers are told of, and that the ConfigMap or Secret which is mounted there does not have. */
export const toldFiles: Analyzer = survey =>
	subjectsOf(survey).flatMap(subject => subject.containers.flatMap(placed => missing(subject, placed)));
