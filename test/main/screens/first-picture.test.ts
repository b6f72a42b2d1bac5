import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What a file imports when it is loaded: no types, and nothing that is imported later. */
function importsOf(file: string): readonly string[] {
	const text = readFileSync(join(root, file), 'utf8');
	const clauses = [...text.matchAll(/^import (?!type )([^;]*?) from '([^']+)'/gm)];
	return clauses
		.filter(([, clause = '']) => !/^\{(?:\s*type [^,}]+,?)+\s*\}$/.test(clause))
		.map(([, , from = '']) => (from.startsWith('.') ? join(dirname(file), from) : from));
}

/** Everything that is loaded with a file. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
	if (seen.has(file)) return seen;
	seen.add(file);
	if (file.startsWith('src/')) for (const next of importsOf(file)) loadedWith(next, seen);
	return seen;
}

const later = /^(?:src\/(?:mcp|state|sandbox|agents)\/|undici$|execa$|zod$|yaml$|node:sqlite$|ws$)/;

test.each(['src/main/screens/home-screen.ts', 'src/main/screens/chat-on-screen.ts'])(
	'%s draws its first picture before any client, database or model is loaded',
	file => {
		const loaded = [...loadedWith(file)];
		expect(loaded).toContain('ink');
		expect(loaded.filter(each => later.test(each))).toEqual([]);
	},
);
