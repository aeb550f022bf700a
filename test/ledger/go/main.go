// A stranger's verifier of a ledger: it shares no code with the program that wrote it, only the
// public specifications. It stands on golang.org/x/mod/sumdb, as the Go checksum database does.
//
//	verify -vkey KEY [-witness KEY]... [-earlier FILE]... [-proof FILE -entry FILE] FOLDER
//
// It prints one JSON object and exits with 1 when anything is not as signed.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

type report struct {
	OK           bool     `json:"ok"`
	Error        string   `json:"error,omitempty"`
	Size         int64    `json:"size"`
	Leaves       int64    `json:"leaves"`
	Inclusions   int      `json:"inclusions"`
	Consistent   []int64  `json:"consistent"`
	Cosigned     []string `json:"cosigned"`
	CosignedAt   []uint64 `json:"cosignedAt"`
	ProvenIndex  int64    `json:"provenIndex"`
	SignedByName string   `json:"signedBy"`
}

func main() {
	var witnesses, earlier list
	vkey := flag.String("vkey", "", "verifier key of the log")
	proof := flag.String("proof", "", "a .tlog-proof file")
	entry := flag.String("entry", "", "the entry of the proof")
	flag.Var(&witnesses, "witness", "verifier key of a witness that must have cosigned")
	flag.Var(&earlier, "earlier", "an earlier checkpoint that must be extended")
	flag.Parse()
	out := report{ProvenIndex: -1, Consistent: []int64{}, Cosigned: []string{}, CosignedAt: []uint64{}}
	err := verify(flag.Arg(0), *vkey, witnesses, earlier, *proof, *entry, &out)
	out.OK = err == nil
	if err != nil {
		out.Error = err.Error()
	}
	json.NewEncoder(os.Stdout).Encode(out)
	if err != nil {
		os.Exit(1)
	}
}

func verify(folder, vkey string, witnesses, earlier list, proof, entry string, out *report) error {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	known := []note.Verifier{log}
	for _, key := range witnesses {
		witness, err := newCosigner(key)
		if err != nil {
			return err
		}
		known = append(known, witness)
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if len(opened.Sigs) != len(known) {
		return fmt.Errorf("%d of %d keys have signed", len(opened.Sigs), len(known))
	}
	for _, sig := range opened.Sigs {
		if sig.Name == log.Name() && sig.Hash == log.KeyHash() {
			out.SignedByName = sig.Name
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(sig.Base64)
		if err != nil {
			return err
		}
		out.Cosigned = append(out.Cosigned, sig.Name)
		out.CosignedAt = append(out.CosignedAt, binary.BigEndian.Uint64(raw[4:12]))
	}
	tree, err := parseCheckpoint(opened.Text, log.Name())
	if err != nil {
		return err
	}
	out.Size = tree.N
	hashes := tlog.TileHashReader(tree, tiles(folder))
	if err := checkLeaves(folder, tree, hashes, out); err != nil {
		return err
	}
	if err := checkInclusions(tree, hashes, out); err != nil {
		return err
	}
	for _, path := range earlier {
		if err := checkEarlier(path, log, tree, hashes, out); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if proof == "" {
		return nil
	}
	return checkProof(proof, entry, log, out)
}

// checkLeaves hashes every entry of every bundle and compares it with the tree.
func checkLeaves(folder string, tree tlog.Tree, hashes tlog.HashReader, out *report) error {
	for first := int64(0); first < tree.N; first += 256 {
		width := smaller(256, tree.N-first)
		path := "tile/entries/" + number(first/256)
		if width < 256 {
			path += fmt.Sprintf(".p/%d", width)
		}
		bundle, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return err
		}
		var indexes []int64
		var records []tlog.Hash
		for len(bundle) > 0 {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("%s is cut off", path)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(len(records))))
			records = append(records, tlog.RecordHash(bundle[2:2+length]))
			bundle = bundle[2+length:]
		}
		if int64(len(records)) != width {
			return fmt.Errorf("%s has %d entries, not %d", path, len(records), width)
		}
		stored, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, record := range records {
			if record != stored[i] {
				return fmt.Errorf("entry %d is not the one in the tree", first+int64(i))
			}
		}
		out.Leaves += width
	}
	return nil
}

// checkInclusions proves a spread of entries, and the first and last of every kind of edge.
func checkInclusions(tree tlog.Tree, hashes tlog.HashReader, out *report) error {
	step := larger(1, tree.N/97)
	for index := int64(0); index < tree.N; index += step {
		if err := checkInclusion(tree, hashes, index); err != nil {
			return err
		}
		out.Inclusions++
	}
	if tree.N > 0 {
		out.Inclusions++
		return checkInclusion(tree, hashes, tree.N-1)
	}
	return nil
}

func checkInclusion(tree tlog.Tree, hashes tlog.HashReader, index int64) error {
	leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return err
	}
	proof, err := tlog.ProveRecord(tree.N, index, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf[0])
}

func checkEarlier(path string, log note.Verifier, tree tlog.Tree, hashes tlog.HashReader, out *report) error {
	signed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	opened, err := note.Open(signed, note.VerifierList(log))
	if err != nil {
		return err
	}
	old, err := parseCheckpoint(opened.Text, log.Name())
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old.N, hashes)
	if err != nil {
		return err
	}
	out.Consistent = append(out.Consistent, old.N)
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

// checkProof checks a .tlog-proof file with nothing but the entry and the log's key.
func checkProof(path, entryPath string, log note.Verifier, out *report) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(entryPath)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("the proof is malformed")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(log))
	if err != nil {
		return err
	}
	tree, err := parseCheckpoint(opened.Text, log.Name())
	if err != nil {
		return err
	}
	out.ProvenIndex = index
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func parseCheckpoint(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] != origin || lines[3] != "" {
		return tlog.Tree{}, errors.New("the text is no checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("the size is malformed")
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles reads tiles of height 8 from the folder, as tlog-tiles names them.
type tiles string

func (tiles) Height() int                                { return 8 }
func (tiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (folder tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := fmt.Sprintf("tile/%d/%s", tile.L, number(tile.N))
		full := path
		if tile.W < 256 {
			path += fmt.Sprintf(".p/%d", tile.W)
		}
		data, err := os.ReadFile(filepath.Join(string(folder), path))
		if err != nil && path != full {
			data, err = os.ReadFile(filepath.Join(string(folder), full))
			if err == nil && len(data) >= tile.W*tlog.HashSize {
				data = data[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", path, len(data))
		}
		all = append(all, data)
	}
	return all, nil
}

func number(n int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	return path
}

// cosigner verifies timestamped cosignatures (c2sp.org/tlog-cosignature).
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("malformed witness key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		return nil, errors.New("malformed witness key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	if fmt.Sprintf("%x", sum[:4]) != parts[1] {
		return nil, errors.New("the witness key has another ID")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), raw[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	var signed bytes.Buffer
	fmt.Fprintf(&signed, "cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	signed.Write(msg)
	return ed25519.Verify(c.key, signed.Bytes(), sig[8:])
}

func smaller(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func larger(a, b int64) int64 {
	if a > b {
		return a
	}
	return b
}
