// Runs one program to its end and prints what it took, as one line of JSON.
//
//	launcher PROGRAM [ARGUMENT...]
//
// The program's standard output is a pipe that is read to its end; its standard error is kept, and shown when it failed. CPU time and
// the largest resident set are what the kernel tells the parent at the end (wait4). This program is small, because a child's largest
// resident set counts from its fork, while it still shares the memory of its parent.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

type measured struct {
	WallMs      float64 `json:"wallMs"`
	CPUMs       float64 `json:"cpuMs"`
	PeakRssMb   float64 `json:"peakRssMb"`
	OutputBytes int     `json:"outputBytes"`
	OutputLines int     `json:"outputLines"`
	ExitCode    int     `json:"exitCode"`
	Stderr      string  `json:"stderr"`
}

type counter struct{ bytes, lines int }

func (seen *counter) Write(chunk []byte) (int, error) {
	seen.bytes += len(chunk)
	seen.lines += bytes.Count(chunk, []byte{'\n'})
	return len(chunk), nil
}

func milliseconds(time syscall.Timeval) float64 {
	return float64(time.Sec)*1e3 + float64(time.Usec)/1e3
}

func run(name string, arguments []string) (measured, error) {
	command := exec.Command(name, arguments...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return measured{}, err
	}
	start := time.Now()
	if err := command.Start(); err != nil {
		return measured{}, err
	}
	var seen counter
	if _, err := io.Copy(&seen, output); err != nil {
		return measured{}, err
	}
	// How it ended is in the state; a failure is the reader's to judge.
	_ = command.Wait()
	wall := time.Since(start)
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	return measured{
		WallMs:      float64(wall.Microseconds()) / 1e3,
		CPUMs:       milliseconds(usage.Utime) + milliseconds(usage.Stime),
		PeakRssMb:   float64(usage.Maxrss) / 1024,
		OutputBytes: seen.bytes,
		OutputLines: seen.lines,
		ExitCode:    command.ProcessState.ExitCode(),
		Stderr:      stderr.String(),
	}, nil
}

func main() {
	var result any
	var err error
	if os.Args[1] == "--screen" {
		result, err = runScreen(os.Args[2:])
	} else {
		result, err = run(os.Args[1], os.Args[2:])
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(result)
	}
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
}
