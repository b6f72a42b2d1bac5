import {readdirSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {parse} from 'yaml';
import * as z from 'zod';
import {isJsonObject, type JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Miss} from './grade-set.ts';

/**
 * The folder of one set: `folder` itself, or the one named after the set where `folder` holds many sets, or holds them
 * in its folder `monitoring` or `security`.
 * @throws where there is no such folder, with what to do
 */
export function setFolder(folder: string, set: string): string {
	const found = ['', 'monitoring', 'security'].map(field => join(folder, field, set)).find(isFolder);
	if (found !== undefined) return found;
	if (isFolder(folder)) return folder;
	throw new Error(`there is no folder ${folder}. Name one with --data DIR, or set MKCOA_SHARED to the folder that holds data/`);
}

const isFolder = (path: string) => statSync(path, {throwIfNoEntry: false})?.isDirectory() === true;

/** Every file of this name in the folder and below it, sorted, so that a set may be one index or several. */
function filesNamed(folder: string, name: string): readonly string[] {
	const found = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile() && entry.name === name);
	return found.map(entry => join(entry.parentPath, entry.name)).sort();
}

/** One row of a file of cases: `from` is the folder that its paths are relative to, `at` where it stands. */
export type Row = {readonly from: string; readonly at: string; readonly row: unknown};

/**
 * The rows of the files of this name; a file of one object is one row.
 * @throws where a file is no JSON, with its name
 */
export const rowsNamed = (folder: string, name: string): readonly Row[] =>
	filesNamed(folder, name).flatMap(file => {
		const rows = jsonIn(file);
		const place = relative(folder, file);
		return (Array.isArray(rows) ? rows : [rows]).map((row: unknown, index) => ({
			from: dirname(file),
			at: `${place} row ${index + 1}`,
			row,
		}));
	});

function jsonIn(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw new Error(`${file} is no JSON: ${reasonOf(error)}`, {cause: error});
	}
}

/**
 * The object in a YAML or JSON file, as a server writes it; what it lacks is at times the very thing that is graded.
 * @throws where it cannot be read, or holds no object
 */
export function objectIn(folder: string, path: string): KubeObject {
	const found: unknown = parse(readFileSync(join(folder, path), 'utf8'));
	if (!isMap(found)) throw new Error('there is no object in it');
	return found as KubeObject;
}

const isMap = (value: unknown): value is JsonObject => typeof value === 'object' && isJsonObject(value as JsonObject);

/** In one line: a schema's first complaint with its place, else what was thrown. */
function reasonOf(error: unknown): string {
	const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
	if (issue !== undefined) return `${issue.path.join('.') || 'it'}: ${issue.message}`;
	return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** Grades one case; one that cannot be read is missed, and stops none of the others. */
export function tryCase<Answer>(at: string, grade: () => Answer): Answer | Miss {
	try {
		return grade();
	} catch (error) {
		return {case: at, expected: 'a case that can be read', got: reasonOf(error)};
	}
}

export const isMiss = (answer: object): answer is Miss => 'got' in answer;
