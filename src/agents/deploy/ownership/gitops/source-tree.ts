import {type Document, parseAllDocuments} from 'yaml';
import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import type {Ref} from '../../../../core/kube/kube-object.ts';

/** A file of a repository; `path` is relative to its root, with slashes. */
export type SourceFile = {readonly path: string; readonly text: string};

/** One YAML document of a file, as data. */
export type SourceDocument = {readonly file: SourceFile; readonly document: number; readonly content: JsonObject};

/** A layer of a kustomization: what it changes itself, and the manifests that it lists. The outermost comes first. */
export type Layer = {
	readonly kustomization: SourceDocument | undefined;
	readonly patches: readonly SourceDocument[];
	readonly resources: readonly SourceDocument[];
};

/** Names as Kustomize reads them. */
const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const isYaml = (path: string) => /\.ya?ml$/.test(path) || path.endsWith('/Kustomization') || path === 'Kustomization';

/** Files that are no YAML, such as templates of Helm, hold no document. */
function documentsOf(file: SourceFile): readonly SourceDocument[] {
	if (!isYaml(file.path)) return [];
	const parsed = parseAllDocuments(file.text, {logLevel: 'error'});
	if (!Array.isArray(parsed) || parsed.some(({errors}) => errors.length > 0)) return [];
	return parsed.flatMap((each: Document.Parsed, document) => {
		const content = each.toJS() as Json;
		return isJsonObject(content) ? [{file, document, content}] : [];
	});
}

/**
 * The manifests below a folder in the order in which they have the last word: a kustomization before what it lists. Without a kustomization,
 * every file of the folder and below is one layer. A folder that lists itself is read once.
 * @param folder path relative to the root, `''` for the root; or the path of one file
 */
export function layersOf(files: readonly SourceFile[], folder: string): readonly Layer[] {
	const seen = new Set<string>();
	const byPath = new Map(files.map(file => [file.path, file]));
	const layers: Layer[] = [];
	visit(folder);
	return layers;

	function visit(at: string) {
		if (seen.has(at)) return;
		seen.add(at);
		const name = kustomizationNames.find(each => byPath.has(joined(at, each)));
		const kustomization = name === undefined ? undefined : fileDocuments(joined(at, name))[0];
		if (kustomization === undefined) {
			layers.push({kustomization: undefined, patches: [], resources: below(at)});
			return;
		}
		const {content} = kustomization;
		const listed = listedBy(content).map(each => joined(at, each));
		const patches = [
			...list(content.patches).flatMap(patch => (isJsonObject(patch) && typeof patch.path === 'string' ? [patch.path] : [])),
			...texts(content.patchesStrategicMerge),
		].flatMap(each => fileDocuments(joined(at, each)));
		layers.push({kustomization, patches, resources: listed.flatMap(fileDocuments)});
		for (const each of listed) if (!byPath.has(each)) visit(each);
	}

	function fileDocuments(path: string) {
		const file = byPath.get(path);
		return file === undefined ? [] : documentsOf(file);
	}

	function below(at: string) {
		const inside = files.filter(({path}) => at === '' || path === at || path.startsWith(`${at}/`));
		return inside.flatMap(documentsOf);
	}
}

/** What is applied by itself: the layers of one kustomization, or plain manifests. */
export type Source = readonly Layer[];

/**
 * The sources in a folder. Where it is no kustomization itself, each one below that no other lists is a source of its own, and so is what none of
 * them holds: a base alone is not what a cluster gets.
 */
export function sourcesOf(files: readonly SourceFile[], folder: string): readonly Source[] {
	const whole = layersOf(files, folder);
	const [first] = whole;
	if (first === undefined || first.kustomization !== undefined) return [whole];
	const kustomizations = first.resources.filter(({file}) =>
		kustomizationNames.some(name => file.path === joined(parentOf(file.path), name)),
	);
	const listed = new Set(kustomizations.flatMap(({file, content}) => listedBy(content).map(each => joined(parentOf(file.path), each))));
	const roots = kustomizations.map(({file}) => parentOf(file.path)).filter(each => !listed.has(each));
	const trees = roots.map(root => layersOf(files, root));
	const held = new Set(trees.flat().flatMap(layer => documentsIn(layer).map(({file}) => file.path)));
	return [...trees, [{...first, resources: first.resources.filter(({file}) => !held.has(file.path))}]];
}

const parentOf = (path: string) => path.split('/').slice(0, -1).join('/');

const documentsIn = ({kustomization, patches, resources}: Layer): readonly SourceDocument[] => [
	...(kustomization === undefined ? [] : [kustomization]),
	...patches,
	...resources,
];

const listedBy = ({resources, bases, components}: JsonObject) => [...texts(resources), ...texts(bases), ...texts(components)];

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const texts = (value: Json | undefined): readonly string[] => list(value).filter(each => typeof each === 'string');

/** `a/b` + `../c/./d` = `a/c/d`; never above the root. */
export function joined(folder: string, path: string): string {
	const parts: string[] = folder === '' ? [] : folder.split('/');
	for (const part of path.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.' && part !== '') parts.push(part);
	}
	return parts.join('/');
}

const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');

/** Whether a document is the manifest, or a patch, of this object; `names` are those under which the sources may know it. */
export function isManifestOf({content}: SourceDocument, ref: Ref, names: readonly string[]): boolean {
	const {apiVersion, kind, metadata} = content;
	if (kind !== ref.kind || typeof apiVersion !== 'string' || groupOf(apiVersion) !== groupOf(ref.apiVersion)) return false;
	if (!isJsonObject(metadata) || typeof metadata.name !== 'string' || !names.includes(metadata.name)) return false;
	return metadata.namespace === undefined || ref.namespace === undefined || metadata.namespace === ref.namespace;
}
