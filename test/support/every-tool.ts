import type {AnyTool} from '../../src/core/tool.ts';
import type {Ports} from '../../src/main/ports.ts';
import {toolGroups} from '../../src/main/tool-groups.ts';
import {undo} from '../../src/mcp/kubernetes/tools/undo.ts';

/** Every tool of the product, in the order of its groups. */
export const everyTool: readonly AnyTool<Ports>[] = [...(await Promise.all(toolGroups.map(({load}) => load()))).flat(), undo];
