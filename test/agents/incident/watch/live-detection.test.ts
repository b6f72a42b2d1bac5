import {expect, test} from 'vitest';
import {readSnapshot} from '../../../../src/agents/incident/reading/read-snapshot.ts';
import {liveObjects} from '../../../../src/agents/incident/watch/live-objects.ts';
import {type Detection, detect} from '../../../../src/analysis/detection/detect.ts';
import {makeLiveJudge} from '../../../../src/analysis/detection/live/live-judge.ts';
import {sharedKinds} from '../../../../src/analysis/detection/snapshot-kinds.ts';
import {surveyOf} from '../../../../src/analysis/detection/survey.ts';
import {isJsonObject, type Json} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {randomOf} from '../../../analysis/forecast/random-series.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {ports} = await shopRoad({scenario: 'broken'});
const nowMs = Date.now();
const base = await readSnapshot(ports.cluster, {nowMs, signal: new AbortController().signal});

type Random = () => number;
const oneOf = <Item>(items: readonly Item[], random: Random): Item => {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new Error('nothing to choose from');
	return item;
};

/** The same value with one leaf of it changed or left out, somewhere. */
function changed(value: Json, random: Random): Json {
	if (Array.isArray(value)) {
		if (value.length === 0) return value;
		const at = Math.floor(random() * value.length);
		return random() < 0.1 ? value.toSpliced(at, 1) : value.with(at, changed(value[at] ?? null, random));
	}
	if (isJsonObject(value)) {
		const keys = Object.keys(value);
		if (keys.length === 0) return value;
		const key = oneOf(keys, random);
		const {[key]: inner = null, ...rest} = value;
		return random() < 0.1 ? rest : {...rest, [key]: changed(inner, random)};
	}
	if (typeof value === 'number') return value + oneOf([-1, 1, 8000], random);
	return typeof value === 'boolean' ? !value : `${String(value)}${oneOf(['x', '-2', ''], random)}`;
}

/** What somebody or something does: an object is written, goes away, or comes back as it was. */
function happens(live: ReturnType<typeof liveObjects>, random: Random): KubeObject {
	const object = oneOf(base.objects, random);
	const deed = random();
	if (deed < 0.2) live.remove(object);
	else if (deed < 0.4) live.put({...object});
	else {
		const part = oneOf(['spec', 'status', 'data'].filter(key => object[key] !== undefined).concat('labels'), random);
		const labels = () => ({...object, metadata: {...object.metadata, labels: {...object.metadata.labels, app: oneOf(['a', 'b'], random)}}});
		// A kind may lose any field, as the server's of another version have others.
		live.put(part === 'labels' ? labels() : ({...object, [part]: changed(object[part] ?? null, random)} as KubeObject));
	}
	return object;
}

type Compared = {
	/** What was said before the events. */
	readonly before: Detection;
	/** What the look after the events said, which may have been one at a part. */
	readonly early: Detection;
	/** What the whole said, where the look before wanted that. */
	readonly kept: Detection;
	/** What objects tell that nobody has looked at before. */
	readonly fresh: Detection;
};

/** Five times a few things happen. */
function judged(
	seed: number,
	{mostEvents, isWhole}: {readonly mostEvents: number; readonly isWhole: boolean},
	compare: (compared: Compared) => void,
) {
	const random = randomOf(seed);
	const live = liveObjects();
	for (const object of base.objects) live.put(object);
	const judge = makeLiveJudge();
	let before = judge(live.snapshot(nowMs, undefined), 'all').detection;
	for (let step = 0; step < 5; step++) {
		const events = 1 + Math.floor(random() * mostEvents);
		const touched = Array.from({length: events}, () => happens(live, random));
		const namespaces = new Set(touched.flatMap(({metadata}) => metadata.namespace ?? []));
		const isFarReaching = touched.some(({kind}) => sharedKinds.some(shared => shared === kind));
		const snapshot = live.snapshot(nowMs, undefined);
		const isAll = isWhole || touched.some(({metadata}) => metadata.namespace === undefined);
		const {detection: early, isSettled} = judge(snapshot, isAll ? 'all' : {namespaces, isFarReaching});
		const whole = {namespaces: new Set<string>(), isFarReaching: false, isWhole: true};
		const kept = isSettled ? early : judge(snapshot, whole).detection;
		compare({before, early, kept, fresh: detect(surveyOf(structuredClone(snapshot)))});
		before = kept;
	}
}

const found = ({incidents, notChecked, onTheirWay}: Detection) => JSON.stringify({incidents, notChecked, onTheirWay}, null, 1);
const graveness = ({incidents}: Detection) => incidents.map(({key, severity}) => `${key} ${severity}`);

test.each([1, 2])('what is kept of objects from one look to the next changes nothing of what is found (seed %i)', seed => {
	judged(seed, {mostEvents: 4, isWhole: true}, ({kept, fresh}) => expect(found(kept)).toBe(found(fresh)));
});

test.each([11, 12])('a namespace that changed alone is judged as the whole would be (seed %i)', seed => {
	judged(seed, {mostEvents: 1, isWhole: false}, ({kept, fresh}) => expect(graveness(kept)).toEqual(graveness(fresh)));
});

test.each([21, 22])('what is told of a part before the whole was judged the whole says, too (seed %i)', seed => {
	judged(seed, {mostEvents: 2, isWhole: false}, ({before, early, kept}) => {
		const [known, there] = [before, kept].map(({incidents}) => new Set(incidents.map(({key}) => key)));
		const news = early.incidents.map(({key}) => key).filter(key => known?.has(key) !== true);
		expect(news.filter(key => there?.has(key) !== true)).toEqual([]);
	});
});
