/** The program that plays the kubelets of a control plane, started by `start.ts` with the path of a file that holds its configuration. */
import {readFileSync} from 'node:fs';
import {enableCompileCache} from 'node:module';
import {join} from 'node:path';
import {cacheRoot} from '../binaries.ts';

// Half of the time that its start takes is compiling, so it comes first.
enableCompileCache(join(cacheRoot(), 'node'));
const {play} = await import('./play.ts');
await play(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
