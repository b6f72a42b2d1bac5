import {isJsonObject, type Json} from '../../../src/core/json.ts';
import type {Found, PartOfRef} from './rule-map.ts';

/** A finding as its writers expect it. */
export type Expected = {
	readonly object: PartOfRef;
	readonly relatedObjects?: readonly PartOfRef[] | undefined;
	readonly failedPaths: readonly string[];
	readonly fixPaths: readonly {readonly path: string}[];
	readonly alsoAffected?: readonly {readonly object: PartOfRef; readonly failedPaths?: readonly string[] | undefined}[] | undefined;
};

/** A field of one object of the chain. */
type Place = {readonly object: PartOfRef; readonly path: string};

/** How well findings are those that were expected: the right objects, each as often; and the right fields in each. */
export type Likeness = {readonly objects: boolean; readonly paths: boolean; readonly pathsToTheLetter: boolean};

/** @param objectOf finds an object of the case, to see whether a field is missing in it */
export function compareFindings(
	expected: readonly Expected[],
	found: readonly Found[],
	objectOf: (ref: PartOfRef) => Json | undefined,
): Likeness {
	const sameFields = (want: Expected, got: Found) => samePlaces(placesOf(want), placesFound(got), objectOf);
	const sameLetters = (want: Expected, got: Found) => samePlaces(placesOf(want), placesFound(got), () => undefined);
	return {
		objects: pairsUp(expected, found, (want, got) => sameObject(want.object, got.object)),
		paths: pairsUp(expected, found, (want, got) => sameObject(want.object, got.object) && sameFields(want, got)),
		pathsToTheLetter: pairsUp(expected, found, (want, got) => sameObject(want.object, got.object) && sameLetters(want, got)),
	};
}

/** What the writers leave out of an object's name is not asserted; a namespace that it has not is. */
const sameObject = (want: PartOfRef, got: PartOfRef) =>
	want.kind === got.kind &&
	want.name === got.name &&
	(want.namespace ?? '') === (got.namespace ?? '') &&
	(want.apiVersion ?? got.apiVersion) === got.apiVersion;

/** Whether each of one list is alike to exactly one of the other. */
function pairsUp<One, Other>(some: readonly One[], others: readonly Other[], alike: (one: One, other: Other) => boolean): boolean {
	const left = [...others];
	for (const one of some) {
		const index = left.findIndex(other => alike(one, other));
		if (index === -1) return false;
		left.splice(index, 1);
	}
	return left.length === 0;
}

/** `relatedObjects[1].rules[0]` is a field of the second of the objects that the finding names. */
function placesOf({object, relatedObjects = [], failedPaths, fixPaths, alsoAffected = []}: Expected): readonly Place[] {
	const own = [...new Set([...failedPaths, ...fixPaths.map(({path}) => path)])].map((path): Place => {
		const [, index, rest] = /^relatedObjects\[(\d+)\]\.(.+)$/.exec(path) ?? [];
		const related = index === undefined ? undefined : relatedObjects[Number(index)];
		return related === undefined || rest === undefined ? {object, path} : {object: related, path: rest};
	});
	return [...own, ...alsoAffected.flatMap(each => (each.failedPaths ?? []).map(path => ({object: each.object, path})))];
}

const placesFound = ({object, paths, related = []}: Found): readonly Place[] => [
	...[...new Set(paths)].map(path => ({object, path})),
	...related.flatMap(each => [...new Set(each.paths)].map(path => ({object: each.resource, path}))),
];

const samePlaces = (expected: readonly Place[], found: readonly Place[], objectOf: (ref: PartOfRef) => Json | undefined) =>
	pairsUp(expected, found, (want, got) => sameObject(want.object, got.object) && samePath(want.path, got.path, objectOf(want.object)));

/** Where a field is missing, its writers name it or its place: a path and the beginning of it are the same if neither is there. */
function samePath(want: string, got: string, object: Json | undefined): boolean {
	if (want === got) return true;
	if (object === undefined) return false;
	const steps = [stepsOf(want), stepsOf(got)].sort((a, b) => a.length - b.length);
	const [short = [], long = []] = steps;
	return short.every((step, index) => step === long[index]) && !isThere(object, long);
}

/** `a.b[0].c` is a, b, 0, c; a key in brackets may hold dots: `metadata.labels[app.kubernetes.io/name]`. */
const stepsOf = (path: string): readonly string[] => [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, inner]) => inner ?? whole);

function isThere(object: Json, steps: readonly string[]): boolean {
	let here: Json | undefined = object;
	for (const step of steps) {
		if (Array.isArray(here)) here = here[Number(step)];
		else if (isJsonObject(here)) here = here[step];
		else return false;
	}
	return here !== undefined;
}
