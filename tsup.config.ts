import {defineConfig} from 'tsup';

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
	banner: {js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);"},
	esbuildOptions(options) {
		// ink imports the React developer tools only under DEV; the package is not installed.
		options.alias = {'react-devtools-core': './scripts/empty-module.js'};
	},
});
