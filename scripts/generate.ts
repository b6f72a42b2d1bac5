/** Makes the generated files; with `--check` it only says which are stale. Generators register in this list. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {cardModule} from './card-html.ts';
import {documents} from './docs/documents.ts';
import {descriptionTable} from './kubernetes/description-table.ts';
import {resourceTable} from './kubernetes/resource-table.ts';
import {schemaTable} from './kubernetes/schema-table.ts';
import {rootHelpModule} from './root-help.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const recorded = `${process.env.MKCOA_SHARED ?? fromRoot('../shared')}/data/kubernetes`;
const openapi = `${recorded}/openapi-v2-1.36.3.json.gz`;
const discoveries = [`${recorded}/discovery-api-1.36.3.json`, `${recorded}/discovery-apis-1.36.3.json`];

/** A module that holds JSON as text: parsing it is faster than a literal, for the engine and for the compiler. */
const textModule = (name: string, what: string, json: string) =>
	`// Generated from the documents of kube-apiserver 1.36.3 (Apache-2.0) by npm run generate: ${what}.\nexport const ${name} = String.raw\`${json}\`;\n`;

/** Text that may stand in a raw template: it must hold no backtick and no `${`. JSON allows to write them as escapes. */
const inTemplate = (json: string) => json.replaceAll('`', '\\u0060').replaceAll('${', '\\u0024{');

type Generator = {
	readonly file: string;
	/** Files that may be absent on this machine; then the committed file is kept as it is. */
	readonly needs: readonly string[];
	/** `current` is what the file holds. */
	readonly content: (current: string) => string | Promise<string>;
};

const generators: readonly Generator[] = [
	{
		file: fromRoot('src/core/generated/kube-schema.ts'),
		needs: [openapi],
		content: () =>
			textModule('kubeSchemaJson', 'the type graph of every kind', schemaTable(JSON.parse(gunzipSync(readFileSync(openapi)).toString()))),
	},
	{
		file: fromRoot('src/sandbox/api/generated/descriptions.ts'),
		needs: [openapi],
		content: () =>
			textModule(
				'descriptionsJson',
				'what explain says of every field',
				inTemplate(descriptionTable(JSON.parse(gunzipSync(readFileSync(openapi)).toString()))),
			),
	},
	{
		file: fromRoot('src/sandbox/api/generated/resources.ts'),
		needs: discoveries,
		content: () =>
			textModule('resourcesJson', 'what discovery lists', resourceTable(discoveries.map(file => JSON.parse(readFileSync(file, 'utf8'))))),
	},
	{file: fromRoot('src/mcp/edge/card/generated/card-html.ts'), needs: [], content: cardModule},
	{file: fromRoot('src/main/generated/root-help.ts'), needs: [], content: rootHelpModule},
	...documents.map(({file, content}) => ({file: fromRoot(file), needs: [], content})),
];

const check = process.argv.includes('--check');
for (const {file, needs, content} of generators) {
	const absent = needs.find(need => !existsSync(need));
	if (absent !== undefined) {
		process.stderr.write(`${file} was left as it is: ${absent} is not here (set MKCOA_SHARED)\n`);
		continue;
	}
	const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const wanted = await content(current);
	if (current === wanted) continue;
	if (!check) writeFileSync(file, wanted);
	else {
		process.stderr.write(`${file} is stale: run npm run generate\n`);
		process.exitCode = 1;
	}
}
