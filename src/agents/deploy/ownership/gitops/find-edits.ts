import * as z from 'zod';
import {pathText} from '../../../../core/diff/path-text.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {type Ref, refText} from '../../../../core/kube/kube-object.ts';
import type {Change, FieldChange, PathSegment} from '../../../../core/plan.ts';
import {isManifestOf, type Layer, type Source, type SourceDocument} from './source-tree.ts';

const segment = z.union([z.string(), z.number(), z.record(z.string(), z.union([z.string(), z.number()]))]);
const value: z.ZodType<Json | undefined> = z.json().optional();

/** Where in the sources a field gets its value from. */
export const foundEdit = z.object({
	file: z.string(),
	document: z.number(),
	path: z.array(segment).readonly(),
	before: value,
	after: value,
});
export type FoundEdit = Readonly<z.output<typeof foundEdit>>;

export type Found = {
	readonly edits: readonly FoundEdit[];
	/** Changes that have no place in the sources, one sentence each. */
	readonly missing: readonly string[];
};

/** One way to say it in the sources: mostly one field, for a chart's image two. */
type Candidate = readonly Place[];
type Place = {
	readonly at: SourceDocument;
	readonly path: readonly PathSegment[];
	readonly before: Json | undefined;
	readonly after: Json | undefined;
};

/**
 * Looks for the place of each changed field: in what a kustomization says of images and replicas, in its patches, in the manifests, or in the
 * values of a Helm chart. The outermost place that sets the field is the one that counts, in each source by itself.
 */
export function findEdits(sources: readonly Source[], changes: readonly Change[]): Found {
	const edits: FoundEdit[] = [];
	const missing: string[] = [];
	for (const {ref, operation, fields} of changes) {
		if (operation !== 'update') {
			missing.push(`${operation} ${refText(ref)}: only fields of objects that are there can be edited`);
			continue;
		}
		for (const field of fields) {
			const candidates = onceEach(sourcesFor(sources, ref).flatMap(layers => candidatesOf(layers, ref, field)));
			const [chosen, other] = candidates;
			const name = `${pathText(field.path)} of ${refText(ref)}`;
			if (field.secret === true) missing.push(`${name}: a secret value is not written into files`);
			else if (chosen === undefined) missing.push(`${name}: no file sets it`);
			else if (other !== undefined) missing.push(`${name}: ${filesOf(candidates)} set it alike; name one of them`);
			else edits.push(...chosen.map(({at, path, before, after}) => ({file: at.file.path, document: at.document, path, before, after})));
		}
	}
	return {edits: once(edits), missing};
}

/** Two overlays may reach one place, such as a manifest of their base. */
const onceEach = (candidates: readonly Candidate[]) => [
	...new Map(candidates.map(each => [each.map(({at, path}) => `${at.file.path} ${at.document} ${pathText(path)}`).join(), each])).values(),
];

/** Those that make the object, as far as that can be told: an overlay may be of another namespace, or of another workload with the same image. */
function sourcesFor(sources: readonly Source[], ref: Ref): readonly Source[] {
	if (sources.length < 2) return sources;
	const isElsewhere = ([outermost]: Source) => {
		const namespace = outermost?.kustomization?.content.namespace;
		return typeof namespace === 'string' && ref.namespace !== undefined && namespace !== ref.namespace;
	};
	const near = sources.filter(source => !isElsewhere(source));
	const making = near.filter(source => holdsManifest(source, ref));
	return making.length > 0 ? making : near;
}

function holdsManifest(source: Source, ref: Ref): boolean {
	let names = [ref.name];
	return source.some(layer => {
		names = namesBelow(layer.kustomization?.content, names);
		return layer.resources.some(each => isManifestOf(each, ref, names));
	});
}

const filesOf = (candidates: readonly Candidate[]) => [...new Set(candidates.flat().map(({at}) => at.file.path))].join(' and ');

/** Two containers of one image are one entry of a kustomization. */
const once = (edits: readonly FoundEdit[]) => [
	...new Map(edits.map(edit => [`${edit.file} ${edit.document} ${pathText(edit.path)}`, edit])).values(),
];

/** What the outermost layer that sets the field offers; more than one leaves it open which is meant. */
function candidatesOf(layers: readonly Layer[], ref: Ref, field: FieldChange): readonly Candidate[] {
	let names = [ref.name];
	for (const layer of layers) {
		const own = layer.kustomization === undefined ? [] : inKustomization(layer.kustomization, ref, names, field);
		if (own.length > 0) return own;
		names = namesBelow(layer.kustomization?.content, names);
		for (const documents of [layer.patches, layer.resources]) {
			const set = documents.filter(each => isManifestOf(each, ref, names)).flatMap(at => inManifest(at, field));
			if (set.length > 0) return set;
		}
	}
	const values = layers.flatMap(({resources}) => resources).flatMap(at => inValues(at, field));
	if (values.length > 0) return values;
	return newField(layers, ref, field);
}

/** Below a kustomization an object has its name without prefix and suffix. */
function namesBelow(content: JsonObject | undefined, names: readonly string[]): string[] {
	const [prefix, suffix] = [content?.namePrefix, content?.nameSuffix].map(each => (typeof each === 'string' ? each : ''));
	return names.flatMap(name => {
		const isWhole = name.startsWith(prefix ?? '') && name.endsWith(suffix ?? '');
		return isWhole ? [name.slice((prefix ?? '').length, name.length - (suffix ?? '').length)] : [name];
	});
}

const isImage = (path: readonly PathSegment[]) => path.at(-1) === 'image' && path.includes('template');
const isReplicas = (path: readonly PathSegment[]) => path.length === 2 && path[0] === 'spec' && path[1] === 'replicas';

/** `name[:tag][@digest]`; a colon before a slash is a port. */
export function imageParts(image: string): {readonly name: string; readonly tag?: string; readonly digest?: string} {
	const [rest = '', digest] = image.split('@');
	const colon = rest.lastIndexOf(':');
	const isTag = colon > rest.lastIndexOf('/');
	return {
		name: isTag ? rest.slice(0, colon) : rest,
		...(isTag ? {tag: rest.slice(colon + 1)} : {}),
		...(digest === undefined ? {} : {digest}),
	};
}

function inKustomization(at: SourceDocument, ref: Ref, names: readonly string[], {path, before, after}: FieldChange): readonly Candidate[] {
	const entries = (key: string) => (Array.isArray(at.content[key]) ? at.content[key].filter(isJsonObject) : []);
	if (isReplicas(path) && after !== undefined) {
		const below = namesBelow(at.content, names);
		return entries('replicas')
			.filter(({name}) => name === ref.name || below.includes(String(name)))
			.map(({name, count}) => [{at, path: ['replicas', {name: String(name)}, 'count'], before: count, after}]);
	}
	if (!isImage(path) || typeof before !== 'string' || typeof after !== 'string') return [];
	const [was, is] = [imageParts(before), imageParts(after)];
	return entries('images')
		.filter(({name, newName}) => (newName ?? name) === was.name)
		.map(entry => imageEntry(at, entry, was, is));
}

type Image = ReturnType<typeof imageParts>;

function imageEntry(at: SourceDocument, entry: JsonObject, was: Image, is: Image): Candidate {
	const base: readonly PathSegment[] = ['images', {name: String(entry.name)}];
	const places: Place[] = [];
	const put = (key: string, before: Json | undefined, after: Json | undefined) => {
		if (before !== after) places.push({at, path: [...base, key], before, after});
	};
	if (is.name !== was.name) put('newName', entry.newName, is.name);
	put('newTag', entry.newTag, is.digest === undefined ? is.tag : undefined);
	put('digest', entry.digest, is.digest);
	return places;
}

/** Where a manifest or a patch sets the field to what it is before the change. */
function inManifest(at: SourceDocument, {path, before, after}: FieldChange): readonly Candidate[] {
	const value = valueAt(at.content, path);
	if (value === undefined) return [];
	return before === undefined || isSame(value, before) ? [[{at, path, before: value, after}]] : [];
}

/** The same number may be written as a text, and a quantity in other units: then the file's own words are shown, and replaced. */
const isSame = (value: Json, before: Json) =>
	canonicalJson(value) === canonicalJson(before) ||
	(typeof value !== 'object' && typeof before !== 'object' && String(value) === String(before));

function valueAt(content: Json | undefined, path: readonly PathSegment[]): Json | undefined {
	let value = content;
	for (const segment of path) {
		if (Array.isArray(value))
			value =
				typeof segment === 'object'
					? value.find(item => isJsonObject(item) && Object.entries(segment).every(([key, each]) => item[key] === each))
					: value[Number(segment)];
		else value = isJsonObject(value) && typeof segment === 'string' ? value[segment] : undefined;
	}
	return value;
}

/** A field that nothing sets yet goes into the manifest, which has to be one. */
function newField(layers: readonly Layer[], ref: Ref, {path, before, after}: FieldChange): readonly Candidate[] {
	if (before !== undefined) return [];
	let names = [ref.name];
	for (const {kustomization, patches, resources} of layers) {
		names = namesBelow(kustomization?.content, names);
		const found = [...patches, ...resources].filter(each => isManifestOf(each, ref, names));
		if (found.length > 0) return found.slice(0, 1).map(at => [{at, path, before: undefined, after}]);
	}
	return [];
}

/** Values of a Helm chart, in a file of their own or in a HelmRelease of Flux. */
function inValues(at: SourceDocument, {path, before, after}: FieldChange): readonly Candidate[] {
	const {kind, spec} = at.content;
	const isRelease = kind === 'HelmRelease' && isJsonObject(spec);
	if (!isRelease && (kind !== undefined || !/(^|\/)[\w.-]*values[\w.-]*\.ya?ml$/.test(at.file.path))) return [];
	const [values, base]: readonly [Json | undefined, readonly PathSegment[]] = isRelease
		? [spec.values, ['spec', 'values']]
		: [at.content, []];
	return valuePlaces(values, base, {path, before, after}).map(candidate => candidate.map(place => ({at, ...place})));
}

type ValuePlace = Omit<Place, 'at'>;
type ValueCandidate = readonly ValuePlace[];
type Wanted = Pick<FieldChange, 'path' | 'before' | 'after'>;

function valuePlaces(value: Json | undefined, path: readonly PathSegment[], field: Wanted): readonly ValueCandidate[] {
	if (!isJsonObject(value)) return [];
	const here = isImage(field.path) ? imageValue(value, path, field) : isReplicas(field.path) ? replicasValue(value, path, field) : [];
	return [...here, ...Object.entries(value).flatMap(([key, inner]) => valuePlaces(inner, [...path, key], field))];
}

/** `image: name:tag`, or the three keys that charts have: `registry`, `repository`, `tag` (or `digest`). */
function imageValue(map: JsonObject, path: readonly PathSegment[], {before, after}: Wanted): readonly ValueCandidate[] {
	if (typeof before !== 'string' || typeof after !== 'string') return [];
	if (map.image === before) return [[{path: [...path, 'image'], before, after}]];
	const [was, is] = [imageParts(before), imageParts(after)];
	const {registry, repository, tag} = map;
	if (typeof repository !== 'string') return [];
	const prefix = typeof registry === 'string' && registry !== '' ? `${registry}/` : '';
	if (`${prefix}${repository}` !== was.name || String(tag) !== was.tag || is.digest !== undefined) return [];
	const places: ValuePlace[] = [];
	if (is.name !== was.name && is.name.startsWith(prefix))
		places.push({path: [...path, 'repository'], before: repository, after: is.name.slice(prefix.length)});
	if (is.tag !== was.tag) places.push({path: [...path, 'tag'], before: tag, after: is.tag});
	return places.length === 0 ? [] : [places];
}

const replicasValue = (map: JsonObject, path: readonly PathSegment[], {before, after}: Wanted): readonly ValueCandidate[] =>
	['replicaCount', 'replicas']
		.filter(key => before !== undefined && map[key] === before)
		.map(key => [{path: [...path, key], before, after}]);
