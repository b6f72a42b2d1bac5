package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// What a program on a terminal of 80 by 24 took until its first picture, and for each key after that.
type screenMeasured struct {
	// From the start of the process to the first byte of the picture; the picture is known by a text in it.
	FrameMs float64 `json:"frameMs"`
	// From each key to the first byte that holds it.
	KeyMs []float64 `json:"keyMs"`
}

type chunk struct {
	at   time.Time
	data []byte
}

// The screen of a program: a pseudo-terminal whose other end is read all the time.
type screen struct {
	terminal *os.File
	chunks   chan chunk
	process  *os.Process
}

const silence = 20 * time.Second

func ioctl(file *os.File, request uintptr, argument unsafe.Pointer) error {
	if _, _, failure := syscall.Syscall(syscall.SYS_IOCTL, file.Fd(), request, uintptr(argument)); failure != 0 {
		return failure
	}
	return nil
}

func openScreen(name string, arguments []string) (*screen, time.Time, error) {
	var start time.Time
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, start, err
	}
	var number, unlocked uint32
	size := struct{ rows, columns, x, y uint16 }{rows: 24, columns: 80}
	if err := errors.Join(
		ioctl(terminal, syscall.TIOCGPTN, unsafe.Pointer(&number)),
		ioctl(terminal, syscall.TIOCSPTLCK, unsafe.Pointer(&unlocked)),
		ioctl(terminal, syscall.TIOCSWINSZ, unsafe.Pointer(&size)),
	); err != nil {
		return nil, start, err
	}
	other, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, start, err
	}
	defer other.Close()
	command := exec.Command(name, arguments...)
	command.Stdin, command.Stdout, command.Stderr = other, other, other
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	start = time.Now()
	if err := command.Start(); err != nil {
		return nil, start, err
	}
	chunks := make(chan chunk, 1024)
	go func() {
		defer close(chunks)
		for {
			buffer := make([]byte, 64*1024)
			count, err := terminal.Read(buffer)
			if err != nil {
				return
			}
			chunks <- chunk{time.Now(), buffer[:count]}
		}
	}()
	return &screen{terminal, chunks, command.Process}, start, nil
}

// Reads until a text was written, and answers when its last part came.
func (shown *screen) until(text string) (time.Time, error) {
	var seen []byte
	for {
		select {
		case next, isOpen := <-shown.chunks:
			if !isOpen {
				return time.Time{}, fmt.Errorf("the program ended before it wrote %q: %s", text, seen)
			}
			seen = append(seen, next.data...)
			if bytes.Contains(seen, []byte(text)) {
				return next.at, nil
			}
		case <-time.After(silence):
			return time.Time{}, fmt.Errorf("%q was not written within %s of silence: %s", text, silence, seen)
		}
	}
}

// Reads until nothing came for a while.
func (shown *screen) settle(quiet time.Duration) {
	for {
		select {
		case _, isOpen := <-shown.chunks:
			if !isOpen {
				return
			}
		case <-time.After(quiet):
			return
		}
	}
}

func (shown *screen) end() {
	_ = shown.process.Kill()
	_, _ = shown.process.Wait()
	shown.terminal.Close()
}

// launcher --screen TEXT REQUEST ANSWERED TIMES KEYS PROGRAM [ARGUMENT...]: waits for TEXT, then so many times sends REQUEST and waits for ANSWERED, then
// types KEYS one by one.
func runScreen(arguments []string) (screenMeasured, error) {
	text, request, answered, keys := arguments[0], arguments[1], arguments[2], arguments[4]
	var times int
	if _, err := fmt.Sscan(arguments[3], &times); err != nil {
		return screenMeasured{}, err
	}
	shown, start, err := openScreen(arguments[5], arguments[6:])
	if err != nil {
		return screenMeasured{}, err
	}
	defer shown.end()
	framed, err := shown.until(text)
	if err != nil {
		return screenMeasured{}, err
	}
	result := screenMeasured{FrameMs: float64(framed.Sub(start).Microseconds()) / 1e3, KeyMs: []float64{}}
	for range times {
		if err := shown.ask(request, answered); err != nil {
			return result, err
		}
	}
	for _, key := range strings.Split(keys, "") {
		pressed := time.Now()
		if _, err := shown.terminal.WriteString(key); err != nil {
			return result, err
		}
		drawn, err := shown.until(key)
		if err != nil {
			return result, err
		}
		result.KeyMs = append(result.KeyMs, float64(drawn.Sub(pressed).Microseconds())/1e3)
		shown.settle(30 * time.Millisecond)
	}
	return result, nil
}

// Sends a request and waits for the end of its answer.
func (shown *screen) ask(request, answered string) error {
	if _, err := shown.terminal.WriteString(request); err != nil {
		return err
	}
	shown.settle(30 * time.Millisecond)
	if _, err := shown.terminal.WriteString("\r"); err != nil {
		return err
	}
	if _, err := shown.until(answered); err != nil {
		return err
	}
	shown.settle(100 * time.Millisecond)
	return nil
}
