import {readFileSync} from 'node:fs';
import {defineConfig, type Options} from 'tsup';

/** `import a,{b as c}from"node:x";` as esbuild writes it. */
const builtinImport = /\bimport(?<clause>[^;"']*?)from\s*"(?<name>node:[\w/]+)";/g;

/** What an import clause names, as declarations. A builtin's default export and its namespace are the module itself. */
function declarations(clause: string, module: string): string {
	const [list = ''] = /\{[^}]*\}/.exec(clause) ?? [];
	const names = list.slice(1, -1).split(',').filter(Boolean);
	const whole = [
		...(clause.replace(list, '').match(/[\w$]+(?=\s*(?:,|$))/g) ?? []),
		...names.filter(name => name.startsWith('default as ')).map(name => name.slice('default as '.length)),
	];
	const parts = names.filter(name => !name.startsWith('default as ')).map(name => name.replace(' as ', ':'));
	return [...whole, ...(parts.length === 0 ? [] : [`{${parts.join(',')}}`])].map(target => `const ${target}=${module};`).join('');
}

/**
 * Asks for modules of Node at run time. Of one that an ES module imports, Node reads every export, also those that are made when they are
 * first read: `node:http` loads a whole second HTTP client for that, which was a fifth of a short command's time.
 */
const builtinsAtRunTime = (code: string) =>
	code.replace(builtinImport, (_, clause: string, name: string) => declarations(clause, `process.getBuiltinModule("${name}")`));

/** As the layout engine of ink asks whether it can fetch its own WebAssembly, which lies in the code beside it. */
const fetchQuestion = '"function"!=typeof fetch';

/** Has it read that where it lies: for a fetch Node loads a whole HTTP client, which took longer than all the rest of the engine. */
const layoutWithoutFetch: NonNullable<Options['esbuildPlugins']>[number] = {
	name: 'layout-without-fetch',
	setup(build) {
		build.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => {
			const code = readFileSync(path, 'utf8');
			if (!code.includes(fetchQuestion)) throw new Error(`${path} asks in other words whether it can fetch: correct fetchQuestion`);
			return {contents: code.replaceAll(fetchQuestion, 'true')};
		});
	},
};

/**
 * The SDK of MCP clients warns on standard error, in words that a server chose: the names of its tools, what its sign-in answered. Nothing of others
 * is written to a terminal as it came, and screens are drawn there.
 */
const quietClient: NonNullable<Options['esbuildPlugins']>[number] = {
	name: 'quiet-client',
	setup(build) {
		build.onLoad({filter: /@modelcontextprotocol[\\/]client[\\/]dist[\\/][\w-]+\.mjs$/}, ({path}) => ({
			contents: readFileSync(path, 'utf8').replaceAll('console.warn(', 'void ('),
		}));
	},
};

/** One bundle of lazily loaded chunks: `--version` and `--help` read only the first of them. */
export default defineConfig({
	entry: {mkcoa: 'bin/mkcoa.ts'},
	format: 'esm',
	target: 'node24',
	platform: 'node',
	splitting: true,
	minify: true,
	clean: true,
	noExternal: [/.*/],
	// node:sqlite has no name without its prefix.
	removeNodeProtocol: false,
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
	// CommonJS packages inside the bundle call require.
	banner: {js: 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);'},
	esbuildPlugins: [layoutWithoutFetch, quietClient],
	plugins: [{name: 'builtins-at-run-time', renderChunk: code => ({code: builtinsAtRunTime(code)})}],
	esbuildOptions(options) {
		// ink imports the React developer tools only under DEV; the package is not installed.
		// The entry of jsonc-parser that Node takes asks for its parts by a require of its own, which no bundler follows.
		options.alias = {'react-devtools-core': './scripts/empty-module.js', 'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js'};
	},
});
