import {render, Text, useApp, useInput} from 'ink';
import {useEffect, useState} from 'react';

function Pause({text}: {readonly text: string}) {
	const {exit} = useApp();
	const [isOver, end] = useState(false);
	useInput(() => end(true));
	useEffect(() => {
		if (isOver) exit();
	}, [isOver, exit]);
	return isOver ? null : <Text dimColor>{text}</Text>;
}

/** Waits until any key is pressed, or the signal aborts. Draws `text`, which goes away with the key. */
export async function pauseForKey(
	text: string,
	{input, output}: {readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream},
	signal: AbortSignal,
): Promise<void> {
	if (signal.aborted) return;
	const app = render(<Pause text={text} />, {
		stdin: input,
		stdout: output,
		stderr: output,
		exitOnCtrlC: true,
		patchConsole: false,
		interactive: true,
	});
	signal.addEventListener('abort', () => app.unmount(), {once: true});
	input.once('end', () => app.unmount());
	await app.waitUntilExit();
}
